"""A simulated org as a process, for benchmarks that look at it from outside."""
import http.client
import json
import shlex
import signal
import ssl
import subprocess
import urllib.parse


class Simulator:
    """A new org.

    :param command: what starts initload
    :param settings: as for ``initload simulator --set``
    :param certificate: file for its certificate, of an org that speaks TLS
    """

    def __init__(self, command, *settings, certificate=None):
        self.certificate = certificate
        words = [word for one in settings for word in ("--set", one)]
        if certificate:
            words += ["--tls", str(certificate)]
        self.process = subprocess.Popen(
            [*shlex.split(command), "simulator", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.org = json.loads(self.process.stdout.readline())
        form = {"grant_type": "client_credentials"}
        form |= {"client_id": self.org["clientId"], "client_secret": self.org["clientSecret"]}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        login = self._connection("loginUrl")
        login.request("POST", "/services/oauth2/token", urllib.parse.urlencode(form), kind)
        self.token = json.load(login.getresponse())["access_token"]
        login.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def authority(self, name):
        """Host and port of one of the announced URLs."""
        return urllib.parse.urlparse(self.org[name]).netloc

    def _connection(self, name):
        if self.certificate is None:
            return http.client.HTTPConnection(self.authority(name))
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        return http.client.HTTPSConnection(self.authority(name), context=trusted)

    def get(self, path):
        instance = self._connection("instanceUrl")
        instance.request("GET", path, headers={"Authorization": "Bearer " + self.token})
        answer = json.load(instance.getresponse())
        instance.close()
        return answer

    def records(self, soql):
        page = self.get("/services/data/v60.0/query?q=" + urllib.parse.quote(soql))
        while True:
            yield from page["records"]
            if page["done"]:
                return
            page = self.get(page["nextRecordsUrl"])

    def upserts(self):
        """What the org says of each upsert job; the probe for gzip is none of them."""
        path = "/services/data/v60.0/jobs/ingest"
        while path:
            page = self.get(path)
            for job in page["records"]:
                if job["operation"] == "upsert":
                    yield self.get("/services/data/v60.0/jobs/ingest/" + job["id"])
            path = page.get("nextRecordsUrl")
