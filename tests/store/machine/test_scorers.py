"""Scorers of stance from outside: asked as they want to be, believed when they answer, named when they do not."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest

from chat_server import Behaviour, ChatServer, Reply, completion, serving, stated, tokens
from parallaxe.annotate.stance_scoring import StanceScorer
from parallaxe.core.errors import ParallaxeError, SurroundingsError, UsageError
from parallaxe.core.labels import Label, LabelSet
from parallaxe.store.machine.endpoint_scorer import EndpointScorer, parse_endpoint
from parallaxe.store.machine.scorers import load_scorer

PORT = Label("port", "Le port et ses grues.", "The port.", example="Le port retient son souffle.")
POLARITIES = LabelSet(
    "polarities",
    "Sens.",
    "Direction.",
    (Label("pour", "Approuve la cible.", "Favours."), Label("contre", "Désapprouve la cible.", "Opposes.")),
)
NAMES = POLARITIES.names
YES = stated("pour", pour=0.75, contre=0.25)
KEY = "clef-qui-ne-doit-paraître-nulle-part".replace("î", "i")

Serve = Callable[[Behaviour], ChatServer]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start servers on this machine; they end with the test."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with ExitStack() as stack:
        yield lambda behaviour: stack.enter_context(serving(behaviour))


def in_turn(*replies: Reply) -> Behaviour:
    """One reply after the other, and the last one for ever."""
    waiting = chain(replies, repeat(replies[-1]))
    return lambda _: next(waiting)


def scorer(chat: ChatServer, **changes: Any) -> EndpointScorer:
    """A scorer of this server that hardly pauses."""
    endpoint = replace(parse_endpoint(f"{chat.url}#petit"), first_pause=0.001, **changes)
    return EndpointScorer(endpoint, {label.name: label.fr for label in POLARITIES.labels})


def test_a_server_is_asked_in_french_and_believed(serve: Serve) -> None:
    """The question states target, definitions and passage; the probabilities that are stated come back, in order."""
    chat = serve(
        lambda request: completion(YES if "Oui" in request.passage else stated("contre", pour=0.1, contre=0.9))
    )
    opened: StanceScorer = load_scorer(f"openai:{chat.url}#petit", POLARITIES)

    scores = opened.score(["Oui !\n« Enfin »", "Non."], PORT, NAMES)

    assert [{"pour": 0.75, "contre": 0.25}, {"pour": 0.1, "contre": 0.9}] == scores
    assert opened.tool == "petit/1"
    question = next(request for request in chat.requests if "Oui" in request.passage)
    assert question.path == "/v1/chat/completions"
    assert question.body["model"] == "petit"
    assert "authorization" not in question.headers
    assert question.passage == "Oui !\n« Enfin »"
    told = question.body["messages"][-1]["content"]
    assert all(words in told for words in (PORT.fr, PORT.example, "- contre : Désapprouve la cible."))
    schema = question.body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["polarity"]["enum"] == ["pour", "contre"]


def test_nothing_is_asked_twice_or_for_nothing(serve: Serve) -> None:
    """No texts make no request; equal texts make one."""
    chat = serve(in_turn(completion(YES)))

    assert scorer(chat).score([], PORT, NAMES) == []
    assert len(chat.requests) == 0
    assert scorer(chat).score(["Oui.", "Oui.", "Oui."], PORT, NAMES) == [YES["probabilities"]] * 3
    assert len(chat.requests) == 1


def test_the_words_it_could_have_said_count_before_what_it_states(serve: Serve) -> None:
    """`logprobs` at the token of the polarity give the probabilities; other tokens there are left out."""
    answer = json.dumps(stated("contre", pour=0.5, contre=0.5))
    cuts = ['{"polarity": "', "cont", answer.removeprefix('{"polarity": "cont')]
    said = tokens(answer, cuts, "cont", {"cont": 0.6, "pour": 0.2, "neutre": 0.1})
    chat = serve(in_turn(completion(answer, said)))

    [scores] = scorer(chat).score(["Non."], PORT, NAMES)

    assert scores == pytest.approx({"pour": 0.25, "contre": 0.75})


@pytest.mark.parametrize(
    "logprobs",
    [
        {"content": []},
        {"content": None},
        {"content": [{"token": "oui"}]},
        {"content": [{"token": json.dumps(YES), "top_logprobs": [{"token": "p", "logprob": None}]}]},
        {"content": [{"token": json.dumps(YES), "top_logprobs": [{"token": "neutre", "logprob": -0.1}]}]},
        {"tokens": ["a"]},
    ],
)
def test_what_tokens_do_not_tell_is_what_is_stated(serve: Serve, logprobs: object) -> None:
    """`logprobs` of another form, or that give the polarities no weight, change nothing."""
    chat = serve(in_turn(completion(YES, logprobs)))

    assert scorer(chat).score(["Oui."], PORT, NAMES) == [YES["probabilities"]]


def test_polarities_that_begin_alike_are_not_guessed(serve: Serve) -> None:
    """A token that two polarities begin with tells neither: what is stated counts."""
    answer = json.dumps(stated("pro-port", **{"pro-port": 0.2, "pro-ville": 0.8}))
    cuts = ['{"polarity": "', "pro", answer.removeprefix('{"polarity": "pro')]
    chat = serve(in_turn(completion(answer, tokens(answer, cuts, "pro", {"pro": 1.0}))))

    assert scorer(chat).score(["Oui."], PORT, ["pro-port", "pro-ville"]) == [{"pro-port": 0.2, "pro-ville": 0.8}]


@pytest.mark.parametrize(
    "first",
    [
        Reply(429, {}, {"Retry-After": "0"}),
        Reply(429, {}, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}),
        Reply(500, b"<h1>Erreur</h1>"),
        Reply(503, {}),
        Reply(200, b"pas de JSON"),
        Reply(200, {"choices": []}),
        Reply(200, ["choices"]),
        completion("Je pense que oui."),
        completion(stated("hostile", pour=0.5, contre=0.5)),
    ],
)
def test_what_may_pass_is_tried_again(serve: Serve, first: Reply) -> None:
    """After a refusal for the moment, or an answer of another form, the next answer counts."""
    chat = serve(in_turn(first, first, completion(YES)))

    assert scorer(chat).score(["Oui."], PORT, NAMES) == [YES["probabilities"]]
    assert len(chat.requests) == 3


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (Reply(500, {}), "it answers 500, 3 times over"),
        (Reply(429, {}), "it answers 429"),
        (Reply(200, b"\xff\xfe"), "no chat completion"),
        (Reply(200, {"choices": [{"message": {"content": None}}]}), "no words"),
        (completion("pour"), "no JSON"),
        (completion('{"polarity": "pour"}'), "the keys"),
        (completion(YES | {"note": "sûr"}), "the keys"),
        (completion(stated("hostile", pour=0.5, contre=0.5)), "none of pour, contre"),
        (completion(stated("pour", pour=1.0)), "not those of pour, contre"),
        (completion(stated("pour", pour=1.0, contre=0.0, neutre=0.0)), "not those of pour, contre"),
        (completion(stated("pour", pour=1.5, contre=-0.5)), "no number from 0 to 1"),
        (completion({"polarity": "pour", "probabilities": {"pour": True, "contre": False}}), "no number from 0 to 1"),
        (completion('{"polarity": "pour", "probabilities": {"pour": NaN, "contre": 0}}'), "no JSON"),
        (completion(stated("pour", pour=0.2, contre=0.2)), "the sum"),
    ],
)
def test_an_answer_that_never_comes_right_is_one_line(serve: Serve, reply: Reply, what: str) -> None:
    """The error names server and fault, ends with what to do, and is one of the surroundings (exit 3)."""
    chat = serve(in_turn(reply))

    with pytest.raises(SurroundingsError, match=what) as caught:
        scorer(chat, attempts=3).score(["Oui."], PORT, NAMES)

    assert caught.value.exit_code == 3
    assert caught.value.where == chat.url
    assert "\n" not in str(caught.value)
    assert len(chat.requests) == 3


def test_a_fence_around_an_answer_is_passed_over(serve: Serve) -> None:
    """Models like to put JSON into a block of Markdown."""
    chat = serve(in_turn(completion(f"```json\n{json.dumps(YES)}\n```\n")))

    assert scorer(chat).score(["Oui."], PORT, NAMES) == [YES["probabilities"]]


def test_a_silent_server_is_given_up(serve: Serve) -> None:
    """A server that does not answer within the timeout is asked again, then named with its timeout."""
    going = Event()
    chat = serve(in_turn(Reply(200, {}, pause=lambda: going.wait(10))))

    with pytest.raises(SurroundingsError, match=r"no answer within 0\.05 seconds, 2 times over"):
        scorer(chat, timeout=0.05, attempts=2).score(["Oui."], PORT, NAMES)
    going.set()

    assert len(chat.requests) == 2


def test_a_slow_server_is_waited_for(serve: Serve) -> None:
    """An answer that comes late, but in time, counts."""
    chat = serve(in_turn(completion(YES)._replace(pause=lambda: time.sleep(0.05))))

    assert scorer(chat, timeout=10).score(["Oui."], PORT, NAMES) == [YES["probabilities"]]
    assert len(chat.requests) == 1


def test_no_server_is_one_line(serve: Serve) -> None:
    """An address where nobody answers is an error of the surroundings."""
    chat = serve(in_turn(completion(YES)))
    nobody = EndpointScorer(replace(parse_endpoint("http://127.0.0.1:1/v1#petit"), first_pause=0.001, attempts=2))

    with pytest.raises(SurroundingsError, match="the connection fails, 2 times over"):
        nobody.score(["Oui."], PORT, NAMES)
    assert len(chat.requests) == 0


def test_requests_under_way_are_bounded(serve: Serve) -> None:
    """As many texts are asked at once as was allowed, and no more; scores keep the order of the texts."""
    meeting = Barrier(3)

    def meet() -> None:
        try:
            meeting.wait(0.5)
        except BrokenBarrierError:
            meeting.reset()

    def judge(request: Any) -> Reply:
        share = int(request.passage) / 100
        return completion(stated("pour", pour=share, contre=1 - share))._replace(pause=meet)

    chat = serve(judge)
    scores = scorer(chat, together=3).score([str(number) for number in range(12)], PORT, NAMES)

    assert [round(score["pour"] * 100) for score in scores] == list(range(12))
    assert chat.most_at_once == 3


def test_one_failure_ends_all(serve: Serve) -> None:
    """Once a text has failed for good, those that wait are not asked any more."""
    chat = serve(lambda request: Reply(404, {}) if request.passage == "0" else Reply(500, {}))

    with pytest.raises(SurroundingsError, match="it answers 404"):
        scorer(chat, together=2, attempts=5).score([str(number) for number in range(200)], PORT, NAMES)

    assert len(chat.requests) < 50


def test_a_server_that_knows_less_is_asked_for_less(serve: Serve) -> None:
    """What a server refuses is left out from then on, and the answer is read as strictly."""
    known = {"model", "messages"}
    chat = serve(lambda request: completion(YES) if set(request.body) <= known else Reply(400, {"error": "inconnu"}))
    modest = scorer(chat)

    assert modest.score(["Oui."], PORT, NAMES) == [YES["probabilities"]]
    asked = [sorted(set(request.body) - known) for request in chat.requests]
    assert [
        ["logprobs", "max_tokens", "response_format", "temperature", "top_logprobs"],
        ["max_tokens", "response_format", "temperature"],
        ["max_tokens", "temperature"],
        [],
    ] == asked
    modest.score(["Encore."], PORT, NAMES)
    assert len(chat.requests) == 5


def test_a_key_is_sent_and_never_said(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of the variable goes into the header; no error repeats it, whatever the server says."""
    monkeypatch.setenv("PORT_KEY", KEY)
    chat = serve(lambda request: Reply(401, {"error": {"message": request.headers["authorization"]}}))
    opened = load_scorer(f"openai:{chat.url}#petit,key=PORT_KEY,attempts=2", POLARITIES)

    with pytest.raises(SurroundingsError, match=r"refuses the key in PORT_KEY \(401\)") as caught:
        opened.score(["Oui."], PORT, NAMES)

    assert chat.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in f"{caught.value} {opened!r}"


@pytest.mark.parametrize(("value", "what"), [(None, "is not set"), ("", "is not set"), ("à\n", "is no key")])
def test_a_key_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch, value: str | None, what: str) -> None:
    """A variable that holds no key is named before anything is asked."""
    monkeypatch.delenv("PORT_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("PORT_KEY", value)

    with pytest.raises(SurroundingsError, match=f"environment variable PORT_KEY: {what}"):
        load_scorer("openai:http://127.0.0.1:1/v1#petit,key=PORT_KEY")


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "openai",
        "openai:",
        "ollama:petit",
        "openai:petit",
        "openai:http://127.0.0.1:1/v1",
        "openai:http://127.0.0.1:1/v1#",
        "openai:ftp://127.0.0.1/v1#petit",
        "openai:http://127.0.0.1:port/v1#petit",
        "openai:http://[::1/v1#petit",
        "openai:http://127.0.0.1/v1#petit,timeout=0",
        "openai:http://127.0.0.1/v1#petit,together=beaucoup",
        "openai:http://127.0.0.1/v1#petit,attempts=²",
        f"openai:http://127.0.0.1/v1#petit,{KEY}",
        f"openai:http://moi:{KEY}@127.0.0.1/v1#petit",
        f"openai:http://127.0.0.1/v1?key={KEY}#petit",
        "transformers:",
    ],
)
def test_a_name_of_another_form_is_a_wrong_call(spec: str) -> None:
    """The line says how to write it (exit 2), and repeats no secret that was put into it."""
    with pytest.raises(UsageError) as caught:
        load_scorer(spec)

    assert caught.value.exit_code == 2
    assert KEY not in str(caught.value)


def test_without_transformers_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where transformers or torch is missing, the line says what to install (exit 3)."""
    monkeypatch.setitem(sys.modules, "torch", None)

    with pytest.raises(SurroundingsError, match=r"cannot be loaded .*pip install") as caught:
        load_scorer("transformers:cmarkea/distilcamembert-base-nli")

    assert caught.value.exit_code == 3


@pytest.fixture(scope="session")
def nli_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two thousand random weights that tells entailment from contradiction, as a folder."""
    return _tiny_model(tmp_path_factory.mktemp("modèle"), {"entailment": 0, "neutral": 1, "contradiction": 2})


def _tiny_model(folder: Path, labels: dict[str, int]) -> Path:
    """A random BERT with a WordPiece vocabulary of letters, saved as transformers saves models."""
    torch = pytest.importorskip("torch", reason="the extra `transformers` is not installed")
    transformers = pytest.importorskip("transformers", reason="the extra `transformers` is not installed")
    letters = "abcdefghijklmnopqrstuvwxyzàâçéèêîôûœ«»'.,:!"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    tokenizer = transformers.BertTokenizer(str(folder / "vocab.txt"), model_max_length=64, strip_accents=False)
    torch.manual_seed(4)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=64,
        initializer_range=2.0,
        label2id=labels,
        id2label={number: name for name, number in labels.items()},
        num_labels=len(labels),
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_model_in_a_folder_is_a_scorer(nli_folder: Path) -> None:
    """It is opened without any network, and gives each text a probability of each polarity."""
    opened = load_scorer(f"transformers:{nli_folder}", POLARITIES)
    texts = ["Le port retient son souffle.", "Une faute, dit-on.", "Le port retient son souffle.", "« Enfin » " * 200]

    scores = opened.score(texts, PORT, NAMES)

    assert [tuple(score) for score in scores] == [NAMES] * 4
    assert [sum(score.values()) for score in scores] == pytest.approx([1.0] * 4)
    assert scores[0] == scores[2] != scores[1]
    assert scores == opened.score(texts, PORT, NAMES)
    assert opened.score(texts[1:2], PORT, NAMES)[0] == pytest.approx(scores[1], abs=1e-5)
    assert opened.score([], PORT, NAMES) == []


def test_its_probability_is_that_of_entailment(nli_folder: Path) -> None:
    """Among the hypotheses of all polarities, each weighs as much as the model thinks that the text entails it."""
    torch = pytest.importorskip("torch", reason="the extra `transformers` is not installed")
    transformers = pytest.importorskip("transformers", reason="the extra `transformers` is not installed")
    text = "Le port retient son souffle."
    [score] = load_scorer(f"transformers:{nli_folder}", POLARITIES).score([text], PORT, NAMES)

    model = transformers.AutoModelForSequenceClassification.from_pretrained(nli_folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(nli_folder)
    supposed = [
        f"À propos de « Le port et ses grues » : ce passage {does} la cible." for does in ("approuve", "désapprouve")
    ]
    read = tokenizer([text] * 2, supposed, return_tensors="pt", padding=True, truncation="only_first")
    with torch.no_grad():
        expected = model(**read).logits[:, 0].softmax(-1).tolist()

    assert [score[name] for name in NAMES] == pytest.approx(expected, abs=1e-5)


def test_definitions_that_are_equal_are_told_apart_by_name(nli_folder: Path) -> None:
    """Two polarities of one definition are supposed by their names, so that each has its own; braces are words."""
    same = LabelSet("polarities", "", "", (Label("pour", "Oui.", "Yes."), Label("contre", "Oui.", "Yes.")))
    opened = load_scorer(f"transformers:{nli_folder}", same)

    [score] = opened.score(["Le port."], replace(PORT, fr="Le port {et} ses {} grues"), NAMES)

    assert set(score) == set(NAMES)


@pytest.mark.parametrize("break_it", ["missing", "no-config", "no-weights", "no-entailment"])
def test_what_is_no_model_of_inference_is_one_line(tmp_path: Path, break_it: str) -> None:
    """A folder that is not there, is broken, or holds a model of another kind is named in one line (exit 3)."""
    labels = {"positif": 0, "négatif": 1} if break_it == "no-entailment" else {"entailment": 0, "other": 1}
    folder = _tiny_model(tmp_path, labels)
    if break_it == "missing":
        folder = tmp_path / "absent" / "et" / "introuvable"
    elif break_it == "no-config":
        (folder / "config.json").write_text("{}", "utf-8")
    elif break_it == "no-weights":
        (folder / "model.safetensors").write_bytes(b"rien")

    with pytest.raises(ParallaxeError) as caught:
        load_scorer(f"transformers:{folder}")

    assert caught.value.exit_code == 3
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)
