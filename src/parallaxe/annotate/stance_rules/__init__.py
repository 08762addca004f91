"""What stance is proposed from: lexicons as data, how targets are recognised, rules for sources and for the writer."""
