DROP INDEX subscriptions_of_earner;
