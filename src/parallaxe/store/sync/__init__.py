"""Two-way sync with Label Studio: git → server as tasks and proposals, server → git as layers of people.

The server has no transactions, no versions and no keys, and whoever writes last wins without a word. So the two
directions never write the same thing: `push` makes tasks and predictions and never patches what a person made, `pull`
merges what people made into layers, claim by claim. What was last seen on the server is in git beside the layers, so
that any clone can go on where another one stopped; what is here alone (a lock, a journal, a cursor, texts) is in the
state folder, and may be lost without losing more than time.

A sync writes in one order: what the server says goes to the journal, then layers, then conflicts, then records. Each
step can be done twice with the same outcome, so a sync that was killed anywhere is finished by running it again.
"""
