"""The live editing service: one socket a report, one room a section, one ordered writer a process.

`protocol` knows bytes, `room` knows one section, `store` knows the log, `session` knows one person's socket, `hub` ties
them together and `socket` speaks ASGI. `link` is what a session says its words to; the files named `fast_` carry them
without a detour through ASGI, and nothing else knows of them. An edit is acknowledged only after its bytes are committed.
"""
