"""One module per family of formats; each turns an ``Input`` into ``Table`` values."""
