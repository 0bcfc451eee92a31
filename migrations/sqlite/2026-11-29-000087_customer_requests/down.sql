DROP TABLE customer_request_codes;
DROP TABLE customer_requests;
