DROP INDEX letters_to_address;
