"""The live editing service: one socket a report, one room a section, one ordered writer a process.

`protocol` knows bytes, `room` knows one section, `store` knows the log, `session` knows one person's socket, `hub` ties
them together and `socket` speaks ASGI. An edit is acknowledged only after its bytes are committed.
"""
