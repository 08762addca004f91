"""Label Studio: what a server shows and gives back, as values; only `client` talks to one."""
