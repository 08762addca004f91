"""The machine with files and processes: what it is made with, trained from, evaluated on, and run over."""
