DROP TABLE batch_rows;
DROP TABLE batch_pieces;
DROP TABLE batches;
