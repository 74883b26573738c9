"""The exporter's papers 申报材料: one data model, every document, its open questions and where each value came from."""
