"""What goes wrong on purpose: plans as data, when they strike, and lines that break."""
