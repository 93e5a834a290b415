import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / 'environment'


def run(*command, **variables):
    """A command of ours with these environment variables, its output and status."""
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, timeout=60, check=False)


class TestCommands(unittest.TestCase):

    def test_help_names_every_command(self):
        targets = re.search(r'^\.PHONY: (.*)$', (ROOT / 'Makefile').read_text(), re.MULTILINE).group(1).split()
        shown = run('make', 'help').stdout
        for target in targets:
            self.assertRegex(shown, rf'make {target}\b')

    def test_a_taken_port_is_said_before_anything_is_installed(self):
        with tempfile.TemporaryDirectory() as local, socket.socket() as taken:
            taken.bind(('127.0.0.1', 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            result = run('environment/run.sh', PORT=port, INOCOOP_LOCAL=local)
            self.assertFalse((Path(local) / 'venv').exists())
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"port {port} is taken", result.stderr)
        self.assertIn(f"make run PORT={int(port) + 1}", result.stderr)

    def test_a_port_that_is_none_is_refused(self):
        with tempfile.TemporaryDirectory() as local:
            result = run('environment/run.sh', PORT='web', INOCOOP_LOCAL=local)
        self.assertEqual(result.returncode, 1)
        self.assertIn("PORT=web is not a port", result.stderr)

    def test_two_runs_at_once_the_second_says_so(self):
        with tempfile.TemporaryDirectory() as local:
            holder = subprocess.Popen(['flock', f'{local}/run.lock', 'sh', '-c', 'echo locked; read _'],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            holder.stdout.readline()
            result = run('environment/run.sh', PORT='0', INOCOOP_LOCAL=local)
            holder.communicate('\n')
        self.assertEqual(result.returncode, 1)
        self.assertIn("already running", result.stderr)

    def test_clean_ends_a_server_of_this_folder_and_of_no_other_before_it_removes_it(self):
        # A server that takes a second to end and writes until then.
        server = """
import signal, sys, time, pathlib
def end(*_):
    time.sleep(1)
    folder = pathlib.Path(sys.argv[2]).parent / 'data-run'
    folder.mkdir(parents=True, exist_ok=True)
    sys.exit()
signal.signal(signal.SIGTERM, end)
print('started', flush=True)
time.sleep(60)
"""
        with tempfile.TemporaryDirectory() as folder:
            # The dot must not stand for any letter.
            local, other = Path(folder) / 'a.local', Path(folder) / 'a-local'
            servers = [
                subprocess.Popen([sys.executable, '-c', server, '--config', str(path / 'run.conf')],
                                 stdout=subprocess.PIPE, text=True)
                for path in (local, other)]
            for process in servers:
                process.stdout.readline()
            try:
                result = run('environment/clean.sh', INOCOOP_LOCAL=str(local))
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertEqual(servers[0].wait(5), 0, "it was let end")
                self.assertFalse(local.exists())
                with self.assertRaises(subprocess.TimeoutExpired, msg="the server of another folder"):
                    servers[1].wait(0.2)
            finally:
                for process in servers:
                    process.kill()
                    process.communicate()

    def test_without_root_or_sudo_the_missing_package_and_the_command_are_named(self):
        if os.getuid() != 0:
            self.skipTest("needs root, to become someone who is not")
        with tempfile.TemporaryDirectory() as folder:
            # A machine with nothing but these programs, seen by a user without rights.
            programs = Path(folder) / 'bin'
            programs.mkdir()
            for name in ('bash', 'dirname', 'mkdir', 'id', 'sort', 'ls', 'env', 'flock', 'apt-get', 'python3', 'fc-list',
                         'head', 'wkhtmltopdf', 'date', 'awk'):
                if found := shutil.which(name):
                    (programs / name).symlink_to(found)
            (programs / 'pg_config').write_text('#!/bin/sh\necho /nowhere\n')
            (programs / 'pg_config').chmod(0o755)
            script = (f'. {ENVIRONMENT}/lib.sh; . {ENVIRONMENT}/system.sh; postgres_bin() {{ return 1; }}; need_system run')
            local = Path(folder) / 'local'
            local.mkdir()
            Path(folder).chmod(0o755)
            local.chmod(0o777)
            readable = Path(folder) / 'environment'
            shutil.copytree(ENVIRONMENT, readable)
            script = script.replace(str(ENVIRONMENT), str(readable))
            result = subprocess.run(
                ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', 'bash', '-c', script],
                env={'PATH': str(programs), 'INOCOOP_LOCAL': str(local)}, cwd='/', capture_output=True, text=True,
                timeout=60, check=False, executable=shutil.which('setpriv'))
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("only root can install them", result.stderr)
        self.assertIn("As root: apt-get install --no-install-recommends postgresql", result.stderr)

    def test_a_source_tree_that_is_none_is_refused(self):
        with tempfile.TemporaryDirectory() as local:
            script = f'. {ENVIRONMENT}/prepare.sh; need_odoo'
            result = run('bash', '-c', script, INOCOOP_LOCAL=local, ODOO_SOURCE=local)
        self.assertEqual(result.returncode, 1)
        self.assertIn("is not an Odoo source tree", result.stderr)

    def test_extra_addons_without_modules_are_refused(self):
        with tempfile.TemporaryDirectory() as local:
            result = run('environment/test.sh', INOCOOP_LOCAL=local, EXTRA_ADDONS=local, MODULES='', TAGS='')
        self.assertEqual(result.returncode, 1)
        self.assertIn("make test EXTRA_ADDONS=", result.stderr)


    def test_who_is_told_to_end_stops_the_cluster_too(self):
        with tempfile.TemporaryDirectory() as local:
            data = Path(local) / 'postgres-run' / 'data'
            data.mkdir(parents=True)
            (data / 'postmaster.pid').touch()
            script = (f'. {ENVIRONMENT}/lib.sh; . {ENVIRONMENT}/system.sh; . {ENVIRONMENT}/postgres.sh\n'
                      'as_postgres() { echo "$2" >"$LOCAL/asked"; }\n'
                      "trap 'stop_cluster run' EXIT; trap 'exit 143' TERM\nkill -TERM $$; sleep 5 & wait")
            result = run('bash', '-c', script, INOCOOP_LOCAL=local)
            self.assertEqual(result.returncode, 143, result.stderr)
            self.assertEqual((Path(local) / 'asked').read_text().strip(), 'stop')


class TestDocker(unittest.TestCase):

    def compose(self, **variables):
        command = ('docker', 'compose') if run('docker', 'compose', 'version').returncode == 0 else ('docker-compose',)
        return run(*command, '--file', str(ROOT / 'docker-compose.yml'), 'config', **variables)

    def test_docker_compose_accepts_the_file_and_publishes_no_database(self):
        result = self.compose(POSTGRES_PASSWORD='some')
        self.assertEqual(result.returncode, 0, result.stderr)
        database = re.search(r'^  db:\n((?:    .*\n)+)', result.stdout, re.MULTILINE).group(1)
        self.assertNotIn('ports:', database)
        self.assertIn('healthcheck:', database)

    def test_without_a_password_the_file_says_what_to_type(self):
        if (ROOT / '.env').exists():
            self.skipTest("a password was made here already")
        result = self.compose(POSTGRES_PASSWORD='')
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("make docker", result.stderr)

    def test_the_image_holds_all_that_its_entrypoint_reads(self):
        dockerfile = (ENVIRONMENT / 'docker' / 'Dockerfile').read_text()
        for source in re.findall(r'^COPY (\S+) ', dockerfile, re.MULTILINE):
            self.assertTrue((ROOT / source).exists(), source)
        self.assertTrue(os.access(ENVIRONMENT / 'docker' / 'inocoop-entrypoint', os.X_OK))


class TestRepository(unittest.TestCase):

    def test_no_tracked_file_names_a_machines_path_or_a_registrys_host(self):
        files = run('git', 'ls-files', '-z').stdout.split('\0')
        # Written in two parts, or this file would name them.
        parts = ('/work', '/main'), ('deb.debian', r'\.org'), ('pypi', r'\.org'), ('registry', r'\.npmjs'), ('/home', r'/\w+/')
        hosts = re.compile('|'.join(map(''.join, parts)))
        for name in filter(None, files):
            path = ROOT / name
            if path.suffix in {'.png', '.ico', '.pdf'} or not path.is_file():
                continue
            found = hosts.search(path.read_text(encoding='utf-8', errors='replace'))
            self.assertIsNone(found, f"{name}: {found}")

    def test_what_is_made_is_not_tracked(self):
        self.assertEqual(run('git', 'ls-files', '.local', '.env').stdout, '')
