"""Seats, signatures, the sheet that shows them and the evidence that verifies without the portal."""
