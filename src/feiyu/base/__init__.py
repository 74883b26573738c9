"""What every room needs and none owns: errors, ids, clock, calendar, canonical JSON, text, Merkle hashing. No I/O."""
