"""What tests of certificates share."""
import hashlib
import subprocess


def run(*arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, check=False)


def identity(document: dict) -> str:
    """The network's id, from docs/certify.md."""
    network = document["network"]
    words = [document["design"]["id"], network["neurons"], network["visible"], *sum(network["weights"], [])]
    words += network["bias"] + network["gain"] + network["tau"] + network["activation_of"]
    for kind in network["activations"]:
        words += [kind["kind"], kind["exponent"], *sum(kind["points"], [])]
    return hashlib.sha256("\n".join(map(str, words)).encode()).hexdigest()


def scaled(text: str, factor: float) -> str:
    return (float.fromhex(text) * factor).hex()
