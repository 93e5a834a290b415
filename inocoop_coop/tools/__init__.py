from . import clock, guard
