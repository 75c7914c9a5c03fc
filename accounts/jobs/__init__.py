"""Background jobs: kept in our own database, tried again, taken over from workers that died, handed over by the clock.

A job is a function with `@task()`, enqueued inside the transaction of the act that needs it. It may run twice (its worker
can die at any moment), so it must do no harm when repeated. See `docs/adr/0017-jobs-live-in-the-database.md`.
"""
