"""Whether an Odoo server answers: ``answers.py HOST PORT`` ends with 0 when it does."""
import sys
import urllib.request

host, port = sys.argv[1:]
if host == '0.0.0.0':  # noqa: S104 (all interfaces: this one among them)
    host = '127.0.0.1'
try:
    urllib.request.urlopen(f'http://{host}:{port}/web/health', timeout=2)
except OSError:
    sys.exit(1)
