"""A token holds only if the workspace's own key signed it, in its one spelling, for here and now."""

import base64
import hashlib
import hmac
import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from apropos_service.access.tokens import (
    KeyRefused,
    TokenRefused,
    VerifyingKey,
    load_jwks,
    load_pem,
    peek_audience,
    verify,
)

NOW = 1_800_000_000.0
HERE = "wsp_01h455vb4pex5vsknk084sn02q"
OTHER = "wsp_01h455vb4pex5vsknk084sn02r"
SECRET = b"aps_" + b"s" * 43
CLAIMS = {"aud": HERE, "sub": "ada", "exp": NOW + 600}
RSA = rsa.generate_private_key(65537, 2048)
P256 = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()
PRIVATE = {"RS256": RSA, "ES256": P256, "EdDSA": ED, "HS256": SECRET}
ALIEN = {
    "RS256": rsa.generate_private_key(65537, 2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
    "HS256": b"x" * 47,
}


def pem(key):
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def private_pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def jwk(key, **members):
    kinds = {rsa.RSAPublicKey: "RS256", ec.EllipticCurvePublicKey: "ES256"}
    name = next((name for kind, name in kinds.items() if isinstance(key, kind)), "EdDSA")
    return {**jwt.get_algorithm_by_name(name).to_jwk(key, as_dict=True), "kid": "k", **members}


SECRET_KEY = VerifyingKey("one", "HS256", SECRET)
KEYS = [SECRET_KEY, load_pem(pem(RSA)), load_pem(pem(P256)), load_pem(pem(ED))]


def encode(value):
    raw = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signature(message, algorithm="HS256", key=None):
    key = key or PRIVATE[algorithm]
    return jwt.get_algorithm_by_name(algorithm).sign(message.encode(), key)


def token(claims=CLAIMS, header=None, *, algorithm="HS256", key=None):
    message = f"{encode({'alg': algorithm, 'typ': 'JWT'} if header is None else header)}.{encode(claims)}"
    return f"{message}.{encode(signature(message, algorithm, key))}"


def with_claims(**claims):
    return token({**CLAIMS, **claims})


def without(name):
    return token({key: value for key, value in CLAIMS.items() if key != name})


def raw(text):
    """Return a well-signed token whose payload is this text."""
    return token(text)


@pytest.mark.parametrize("algorithm", PRIVATE)
def test_a_token_signed_by_a_key_of_the_workspace_holds(algorithm):
    claims = verify(token(algorithm=algorithm), KEYS, audience=HERE, now=NOW)

    assert (claims.subject, claims.expires_at, claims.grants, claims.person, claims.role) == ("ada", NOW + 600, {}, {}, None)


@pytest.mark.parametrize("algorithm", PRIVATE)
def test_what_the_common_library_signs_holds(algorithm):
    made = jwt.encode(CLAIMS, PRIVATE[algorithm], algorithm)

    assert verify(made, KEYS, audience=HERE, now=NOW).subject == "ada"
    assert peek_audience(made) == HERE


def test_a_token_says_who_what_they_may_and_what_is_on_their_card():
    person = {
        "id": "ada", "name": "Ada", "email": "ada@a.example", "avatar_url": "https://a.example/a.png",
        "title": None, "department": "", "groups": ["eng", "all people"], "locale": "de-CH",
        "time_zone": "Europe/Zurich", "guest": True, "shoe_size": 38,
    }  # fmt: skip
    grants = {"order:A/7 ä": "comment", "order:*": "read", "*": "manage"}
    claims = verify(with_claims(person=person, grants=grants, role="moderator", other=[1]), KEYS, audience=HERE, now=NOW)

    assert claims.grants == grants
    assert claims.role == "moderator"
    assert claims.person == {
        "name": "Ada", "email": "ada@a.example", "avatar_url": "https://a.example/a.png", "title": None, "department": None,
        "groups": ["eng", "all people"], "locale": "de-CH", "time_zone": "Europe/Zurich", "guest": True,
    }  # fmt: skip


HOLDING = {
    "with the key's name": token(header={"alg": "HS256", "kid": "one", "typ": "JWT"}),
    "without a typ": token(header={"alg": "HS256"}),
    "with typ in small letters": token(header={"alg": "HS256", "typ": "jwt"}),
    "another name with a nameless key": token(header={"alg": "ES256", "kid": "theirs"}, algorithm="ES256"),
    "expired within the skew": with_claims(exp=NOW - 59),
    "24 hours": with_claims(exp=NOW + 86_400),
    "24 hours and the skew": with_claims(exp=NOW + 86_460),
    "a fraction": with_claims(exp=NOW + 0.5),
    "not before within the skew": with_claims(nbf=NOW + 60),
    "issued within the skew": with_claims(iat=NOW + 60),
    "issued long ago": with_claims(iat=0, nbf=0),
    "everything optional is null": with_claims(person=None, grants=None, role=None, jti=None),
    "a person of 128 characters": with_claims(sub="ä" * 128),
}


@pytest.mark.parametrize("made", HOLDING.values(), ids=HOLDING)
def test_these_hold(made):
    verify(made, KEYS, audience=HERE, now=NOW)


def with_tail(text):
    """Return `text`, canonical base64url, in the other spelling that ends in unused bits."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + alphabet[alphabet.index(text[-1]) + 1]


GOOD = token()
HEAD, BODY, TAIL = GOOD.split(".")
PUBLIC_PEM = pem(RSA).encode()
ORDER = bytes.fromhex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
DER = P256.sign(f"{encode({'alg': 'ES256'})}.{BODY}".encode(), ec.ECDSA(SHA256()))
WEAK = rsa.generate_private_key(65537, 1024)  # noqa: S505 which is the point


def hs_with(key, header=None):
    message = f"{encode(header or {'alg': 'HS256'})}.{encode(CLAIMS)}"
    return f"{message}.{encode(hmac.new(key, message.encode(), hashlib.sha256).digest())}"


ATTACKS = {
    "empty": "",
    "dots": "..",
    "two parts": f"{HEAD}.{BODY}",
    "no signature": f"{HEAD}.{BODY}.",
    "four parts": f"{GOOD}.{TAIL}",
    "five parts": f"{GOOD}.{TAIL}.{TAIL}",
    "no header": f".{BODY}.{TAIL}",
    "no payload": f"{HEAD}..{TAIL}",
    "space before": f" {GOOD}",
    "newline after": f"{GOOD}\n",
    "newline inside": f"{HEAD}.\n{BODY}.{TAIL}",
    "bearer": f"Bearer {GOOD}",
    "padded": f"{HEAD}.{BODY}.{TAIL}=",
    "padded payload": f"{HEAD}.{BODY}=.{TAIL}",
    "standard alphabet": f"{HEAD}.{BODY}.{TAIL[:-2]}+/",
    "unused bits in the signature": f"{HEAD}.{BODY}.{with_tail(TAIL)}",
    "percent encoded": GOOD.replace(".", "%2E"),
    "other dots": GOOD.replace(".", "\u3002"),
    "not ASCII": GOOD[:-1] + "\u0430",
    "surrogate": GOOD[:-1] + "\ud800",
    "JSON serialisation": json.dumps({"protected": HEAD, "payload": BODY, "signature": TAIL}),
    "one character": "a.a.a",
    "huge": with_claims(filler="x" * 20_000),
    "huge header": token(header={"alg": "HS256", "kid": "x" * 20_000}),
    "signature cut": f"{HEAD}.{BODY}.{TAIL[:-4]}",
    "signature longer": f"{HEAD}.{BODY}.{TAIL}AAAA",
    "signature of zeros": f"{HEAD}.{BODY}.{encode(bytes(32))}",
    "payload of another": f"{HEAD}.{encode({**CLAIMS, 'sub': 'eve'})}.{TAIL}",
    "header of another": f"{encode({'alg': 'HS256'})}.{BODY}.{TAIL}",
    "alg none": f"{encode({'alg': 'none'})}.{BODY}.",
    "alg none, signed": token(header={"alg": "none"}),
    "alg None": token(header={"alg": "None"}),
    "alg nOnE": f"{encode({'alg': 'nOnE'})}.{BODY}.{TAIL}",
    "alg empty": token(header={"alg": ""}),
    "alg missing": token(header={"typ": "JWT"}),
    "alg null": token(header={"alg": None}),
    "alg list": token(header={"alg": ["HS256"]}),
    "alg object": token(header={"alg": {"HS256": 1}}),
    "alg in small letters": token(header={"alg": "hs256"}),
    "alg with a space": token(header={"alg": "HS256 "}),
    "alg HS384": token(header={"alg": "HS384"}),
    "alg HS512": token(algorithm="HS512", key=SECRET),
    "alg RS512": token(algorithm="RS512", key=RSA),
    "alg PS256": token(algorithm="PS256", key=RSA),
    "alg says RS256": token(header={"alg": "RS256"}),
    "alg says ES256": token(header={"alg": "ES256"}),
    "alg says EdDSA": token(header={"alg": "EdDSA"}),
    "HMAC with the RSA key as PEM": hs_with(PUBLIC_PEM),
    "HMAC with the RSA key as PEM, stripped": hs_with(PUBLIC_PEM.strip()),
    "HMAC with the RSA key as DER": hs_with(RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)),
    "HMAC with the P-256 key as PEM": hs_with(pem(P256).encode()),
    "HMAC with the P-256 point": hs_with(P256.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)),
    "HMAC with the Ed25519 key": hs_with(ED.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)),
    "HMAC with nothing": hs_with(b""),
    "HMAC with a NUL": hs_with(b"\0"),
    "HMAC with the kid": hs_with(b"one", {"alg": "HS256", "kid": "one"}),
    "HMAC with the workspace": hs_with(HERE.encode()),
    "another secret": token(key=ALIEN["HS256"]),
    "another RSA key": token(algorithm="RS256", key=ALIEN["RS256"]),
    "another P-256 key": token(algorithm="ES256", key=ALIEN["ES256"]),
    "another Ed25519 key": token(algorithm="EdDSA", key=ALIEN["EdDSA"]),
    "ECDSA of zeros": f"{encode({'alg': 'ES256'})}.{BODY}.{encode(bytes(64))}",
    "ECDSA of the order": f"{encode({'alg': 'ES256'})}.{BODY}.{encode(ORDER * 2)}",
    "ECDSA as DER": f"{encode({'alg': 'ES256'})}.{BODY}.{encode(DER)}",
    "kid of another": token(header={"alg": "HS256", "kid": "two"}),
    "kid empty": token(header={"alg": "HS256", "kid": ""}),
    "kid null": token(header={"alg": "HS256", "kid": None}),
    "kid number": token(header={"alg": "HS256", "kid": 1}),
    "kid path": hs_with(b"", {"alg": "HS256", "kid": "../../../dev/null"}),
    "kid SQL": hs_with(b"x" * 32, {"alg": "HS256", "kid": "x' UNION SELECT 'x"}),
    "embedded jwk": token(header={"alg": "RS256", "jwk": jwk(ALIEN["RS256"].public_key())}, algorithm="RS256", key=ALIEN["RS256"]),
    "embedded jwk of ours": token(header={"alg": "HS256", "jwk": {"kty": "oct", "k": encode(SECRET)}}),
    "jku": token(header={"alg": "RS256", "jku": "https://evil.example/jwks"}, algorithm="RS256", key=ALIEN["RS256"]),
    "x5u": token(header={"alg": "HS256", "x5u": "https://evil.example"}),
    "x5c": token(header={"alg": "HS256", "x5c": ["MII"]}),
    "x5t": token(header={"alg": "HS256", "x5t": "x"}),
    "crit": token(header={"alg": "HS256", "crit": ["exp"], "exp": 1}),
    "crit empty": token(header={"alg": "HS256", "crit": []}),
    "crit b64": token(header={"alg": "HS256", "crit": ["b64"], "b64": False}),
    "zip": token(header={"alg": "HS256", "zip": "DEF"}),
    "cty": token(header={"alg": "HS256", "cty": "JWT"}),
    "enc": token(header={"alg": "HS256", "enc": "A128GCM"}),
    "unknown member": token(header={"alg": "HS256", "x": 1}),
    "typ of another kind": token(header={"alg": "HS256", "typ": "secevent+jwt"}),
    "typ at+jwt": token(header={"alg": "HS256", "typ": "at+jwt"}),
    "typ list": token(header={"alg": "HS256", "typ": ["JWT"]}),
    "alg twice": token(header='{"alg":"none","alg":"HS256"}'),
    "alg twice, escaped": token(header='{"alg":"HS256","\\u0061lg":"none"}'),
    "header a list": token(header='["HS256"]'),
    "header a string": token(header='"HS256"'),
    "header not JSON": token(header="{alg:HS256}"),
    "header with a BOM": token(header='\ufeff{"alg":"HS256"}'),
    "header in UTF-16": token(header='{"alg":"HS256"}'.encode("utf-16-le")),
    "header not UTF-8": token(header=b'{"alg":"HS256","kid":"\xff"}'),
    "payload a list": raw("[]"),
    "payload null": raw("null"),
    "payload not JSON": raw("{'aud': 1}"),
    "payload not UTF-8": raw(b'{"aud":"\xff"}'),
    "payload followed by more": raw(json.dumps(CLAIMS) + "{}"),
    "payload nested": raw('{"a":' * 2_000 + "1" + "}" * 2_000),
    "payload lists": raw('{"a":' + "[" * 5_000 + "]" * 5_000 + "}"),
    "sub twice": raw(json.dumps(CLAIMS)[:-1] + ', "sub": "eve"}'),
    "aud twice": raw(json.dumps(CLAIMS)[:-1] + f', "aud": "{HERE}"}}'),
    "exp twice, escaped": raw(json.dumps(CLAIMS)[:-1] + f', "e\\u0078p": {NOW + 600}}}'),
    "grant twice": raw(json.dumps(CLAIMS)[:-1] + ', "grants": {"*": "read", "*": "manage"}}'),
    "aud missing": without("aud"),
    "aud of another": with_claims(aud=OTHER),
    "aud in capitals": with_claims(aud=HERE.upper()),
    "aud with a space": with_claims(aud=f"{HERE} "),
    "aud a list": with_claims(aud=[HERE]),
    "aud a list of two": with_claims(aud=[HERE, "wsp_x"]),
    "aud an object": with_claims(aud={HERE: 1}),
    "aud null": with_claims(aud=None),
    "aud empty": with_claims(aud=""),
    "aud true": with_claims(aud=True),
    "sub missing": without("sub"),
    "sub empty": with_claims(sub=""),
    "sub blank": with_claims(sub="  "),
    "sub too long": with_claims(sub="x" * 129),
    "sub a number": with_claims(sub=7),
    "sub null": with_claims(sub=None),
    "sub a list": with_claims(sub=["ada"]),
    "sub with NUL": with_claims(sub="ada\0"),
    "sub with a newline": with_claims(sub="ada\n"),
    "sub with half a character": with_claims(sub="\ud800"),
    "exp missing": without("exp"),
    "exp null": with_claims(exp=None),
    "exp text": with_claims(exp=str(NOW + 600)),
    "exp true": with_claims(exp=True),
    "exp a list": with_claims(exp=[NOW + 600]),
    "exp past": with_claims(exp=NOW - 60),
    "exp zero": with_claims(exp=0),
    "exp negative": with_claims(exp=-NOW),
    "exp too far": with_claims(exp=NOW + 86_461),
    "exp in milliseconds": with_claims(exp=(NOW + 600) * 1000),
    "exp enormous": with_claims(exp=10**400),
    "exp of 5,000 digits": raw(json.dumps(CLAIMS)[:-1] + ', "n": ' + "9" * 5_000 + "}"),
    "exp 1e999": raw(json.dumps(CLAIMS).replace(str(NOW + 600), "1e999")),
    "exp Infinity": raw(json.dumps(CLAIMS).replace(str(NOW + 600), "Infinity")),
    "exp NaN": raw(json.dumps(CLAIMS).replace(str(NOW + 600), "NaN")),
    "nbf ahead": with_claims(nbf=NOW + 61),
    "nbf text": with_claims(nbf="0"),
    "nbf null": with_claims(nbf=None),
    "nbf true": with_claims(nbf=True),
    "iat ahead": with_claims(iat=NOW + 61),
    "iat an object": with_claims(iat={}),
    "iat enormous": with_claims(iat=10**400),
    "jti a number": with_claims(jti=1),
    "jti a list": with_claims(jti=[]),
    "role unknown": with_claims(role="owner"),
    "role in capitals": with_claims(role="Admin"),
    "role a list": with_claims(role=["admin"]),
    "role true": with_claims(role=True),
    "role empty": with_claims(role=""),
    "grants a list": with_claims(grants=["*"]),
    "grants text": with_claims(grants="*"),
    "grants true": with_claims(grants=True),
    "grant of another level": with_claims(grants={"*": "admin"}),
    "grant of a number": with_claims(grants={"*": 3}),
    "grant of null": with_claims(grants={"*": None}),
    "grant of a list": with_claims(grants={"*": ["read"]}),
    "grant without a key": with_claims(grants={"order:": "read"}),
    "grant without a type": with_claims(grants={":7": "read"}),
    "grant of all types' key": with_claims(grants={"*:7": "read"}),
    "grant of two stars": with_claims(grants={"**": "read"}),
    "grant of a type in capitals": with_claims(grants={"Order:7": "read"}),
    "grant of nothing": with_claims(grants={"": "read"}),
    "grant of a long key": with_claims(grants={"order:" + "x" * 256: "read"}),
    "grant with a NUL": with_claims(grants={"order:\0": "read"}),
    "grant with half a character": with_claims(grants={"order:\ud800": "read"}),
    "person a list": with_claims(person=["ada"]),
    "person text": with_claims(person="ada"),
    "name a number": with_claims(person={"name": 1}),
    "name blank": with_claims(person={"name": " "}),
    "name too long": with_claims(person={"name": "x" * 129}),
    "name with a newline": with_claims(person={"name": "a\nb"}),
    "email a list": with_claims(person={"email": []}),
    "email too long": with_claims(person={"email": "x" * 321}),
    "avatar a script": with_claims(person={"avatar_url": "javascript:alert(1)"}),
    "avatar data": with_claims(person={"avatar_url": "data:image/png;base64,AA"}),
    "avatar too long": with_claims(person={"avatar_url": "https://" + "x" * 2_000}),
    "title an object": with_claims(person={"title": {}}),
    "department zero": with_claims(person={"department": 0}),
    "guest text": with_claims(person={"guest": "false"}),
    "guest a number": with_claims(person={"guest": 0}),
    "groups text": with_claims(person={"groups": "eng"}),
    "groups of numbers": with_claims(person={"groups": [1]}),
    "groups of nothing": with_claims(person={"groups": [""]}),
    "groups an object": with_claims(person={"groups": {"eng": 1}}),
    "too many groups": with_claims(person={"groups": ["g"] * 1_001}),
    "locale a list": with_claims(person={"locale": ["de"]}),
    "time zone too long": with_claims(person={"time_zone": "x" * 65}),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_these_are_refused_with_a_reason_that_repeats_nothing(attack):
    with pytest.raises(TokenRefused) as refusal:
        verify(attack, KEYS, audience=HERE, now=NOW)

    assert refusal.value.reason
    assert "evil" not in refusal.value.reason
    peek_audience(attack)


@pytest.mark.parametrize("place", range(len(GOOD)))
def test_no_character_of_a_token_can_be_another(place):
    other = "A" if GOOD[place] != "A" else "B"

    with pytest.raises(TokenRefused):
        verify(GOOD[:place] + other + GOOD[place + 1 :], KEYS, audience=HERE, now=NOW)


def test_no_keys_and_no_audience_let_nobody_in():
    with pytest.raises(TokenRefused):
        verify(GOOD, [], audience=HERE, now=NOW)
    with pytest.raises(TokenRefused):
        verify(with_claims(aud=""), KEYS, audience="", now=NOW)


def test_each_of_two_secrets_holds_while_they_rotate():
    new = VerifyingKey("two", "HS256", b"n" * 32)

    for key in (SECRET, b"n" * 32):
        assert verify(token(key=key), [SECRET_KEY, new], audience=HERE, now=NOW)
    with pytest.raises(TokenRefused):
        verify(token(header={"alg": "HS256", "kid": "two"}), [SECRET_KEY, new], audience=HERE, now=NOW)


@pytest.mark.parametrize(("algorithm", "key"), [
    ("HS256", b"short"), ("HS256", b""), ("RS256", SECRET), ("HS256", RSA.public_key()), ("ES256", RSA.public_key()),
    ("ES256", ec.generate_private_key(ec.SECP384R1()).public_key()),
    ("ES256", ec.generate_private_key(ec.SECP256K1()).public_key()),
    ("EdDSA", ed448.Ed448PrivateKey.generate().public_key()), ("EdDSA", P256.public_key()), ("EdDSA", ED), ("HS256", "text" * 20),
    ("RS256", WEAK.public_key()), ("none", SECRET), ("HS512", SECRET),
])  # fmt: skip
def test_a_key_has_one_algorithm_and_is_strong(algorithm, key):
    with pytest.raises(KeyRefused):
        VerifyingKey(None, algorithm, key)


@pytest.mark.parametrize("text", [
    "", "x", "-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----", private_pem(RSA), private_pem(ED), pem(RSA) + pem(ED),
    pem(RSA) + private_pem(RSA),
    pem(ec.generate_private_key(ec.SECP384R1())), pem(x25519.X25519PrivateKey.generate()), pem(WEAK),
    "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----", pem(RSA) + "\ud800",
])  # fmt: skip
def test_what_is_no_public_key_is_refused_and_told_why(text):
    with pytest.raises(KeyRefused, match=r".{20}"):
        load_pem(text)


def test_a_key_set_gives_the_keys_that_check_signatures():
    keys = load_jwks({"keys": [
        jwk(RSA.public_key(), kid="r", use="sig", alg="RS256"),
        jwk(P256.public_key(), kid="e"),
        jwk(ED.public_key(), kid="d", key_ops=["verify"]),
    ]})  # fmt: skip

    assert [(key.kid, key.algorithm) for key in keys] == [("r", "RS256"), ("e", "ES256"), ("d", "EdDSA")]
    for algorithm, kid in (("RS256", "r"), ("ES256", "e"), ("EdDSA", "d")):
        assert verify(token(header={"alg": algorithm, "kid": kid}, algorithm=algorithm), keys, audience=HERE, now=NOW)


@pytest.mark.parametrize("unfit", [
    jwk(RSA.public_key(), use="enc"), jwk(RSA.public_key(), alg="RS512"), jwk(RSA.public_key(), alg="none"),
    jwk(RSA.public_key(), key_ops=["encrypt"]),
    jwk(WEAK.public_key()), jwk(ec.generate_private_key(ec.SECP384R1()).public_key()),
    jwk(ed448.Ed448PrivateKey.generate().public_key()),
    jwk(RSA.public_key(), kid=7),
    jwk(RSA.public_key(), n=7), jwk(RSA.public_key(), n=""),
    jwk(P256.public_key(), x="AAAA"), jwk(P256.public_key(), y=encode(bytes(32))),
    jwk(ED.public_key(), x=None), jwk(ED.public_key(), crv="X25519"), {"kty": ["RSA"]}, {"kty": "unknown"}, {},
])  # fmt: skip
def test_other_keys_of_a_set_are_passed_over(unfit):
    assert [key.kid for key in load_jwks({"keys": [unfit, jwk(ED.public_key(), kid="fit")]})] == ["fit"]


@pytest.mark.parametrize("document", [
    None, [], "x", {}, {"keys": None}, {"keys": "x"}, {"keys": {"a": 1}}, {"keys": ["x"]}, {"keys": [None]}, {"keys": [{}] * 101},
    {"keys": [{"kty": "oct", "k": encode(SECRET)}]}, {"keys": [{"kty": "oct"}]}, {"keys": [jwk(RSA.public_key(), d="AQAB")]},
    {"keys": [jwk(ED.public_key()), jwk(P256.public_key(), d="AQAB")]}, {"keys": [jwk(ED)]},
])  # fmt: skip
def test_what_is_no_key_set_or_has_secrets_in_it_is_refused(document):
    with pytest.raises(KeyRefused):
        load_jwks(document)


def test_peeking_finds_the_workspace_and_believes_nothing():
    assert peek_audience(GOOD) == HERE
    assert peek_audience(f"{HEAD}.{encode({'aud': OTHER})}.{TAIL}") == OTHER
    assert peek_audience(with_claims(aud=[HERE])) is None
    assert peek_audience(without("aud")) is None
    for text in ("", "other", f"{HERE}\0", "\ud800"):
        assert peek_audience(with_claims(aud=text)) is None
    assert peek_audience("apk_x") is None
