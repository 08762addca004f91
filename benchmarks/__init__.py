"""Speed and memory beside peers: `make bench` prints one table. Figures are shown, never asserted: machines differ."""
