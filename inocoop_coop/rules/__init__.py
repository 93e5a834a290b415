"""The field's rules as plain functions: no ORM, no database, nothing to mock.

Models ask these functions and turn the answer into a message; so each rule can be
tested over every case that matters, and read without knowing Odoo.
"""
