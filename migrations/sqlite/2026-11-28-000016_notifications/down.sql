DROP TABLE muted_notifications;
DROP TABLE digests;
DROP TABLE notifications;
