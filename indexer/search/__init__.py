"""Finding and citing: questions in, hits and answers out."""
