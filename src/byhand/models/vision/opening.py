"""The model that is begun from, and an adapter of it: found, and opened for learning or acting.

A base is a folder, or a name at Hugging Face, which is fetched once, by `byhand learn` alone. What acts reads the disk.

Rules of this module: nothing that is fetched is run. Weights are safetensors, code in a repository is not loaded, and a
base is the very one that was learned with: its commit there, or the SHA-256 of its files here.

Transformers builds a processor of pictures with torchvision, and wants it for the part that reads videos even where no
video is. Its build for processors alone lies in no package index, so pictures are read by Pillow, and that part is left
out (`_still`). Seen in transformers 5.24, `processing_utils.ProcessorMixin.get_attributes`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import torch

from byhand.datasets.heavy import heavy
from byhand.errors import LearnError, UsageFault
from byhand.models.checkpoint import Adapter

EXTRA = "vlm"
WEIGHTS, SHAPE = "adapter_model.safetensors", "adapter_config.json"
"""An adapter's files, as PEFT calls them."""
_HUB = re.compile(r"[\w.-]+/[\w.-]+")
_FILES = ("*.json", "*.safetensors", "*.jinja", "*.txt", "*.model")
_WITHOUT_FATE = "no model was made"


class Base(NamedTuple):
    """folder: where it lies. name: as it was given. revision: which it is exactly."""

    folder: Path
    name: str
    revision: str


class Opened(NamedTuple):
    """network: of transformers, with or without an adapter. processor: makes numbers of pictures and texts."""

    network: Any
    processor: Any

    @property
    def marks(self) -> tuple[str, ...]:
        """What its tokenizer takes for its own."""
        tokenizer = self.processor.tokenizer
        added: dict[str, int] = tokenizer.get_added_vocab()
        special: list[str] = tokenizer.all_special_tokens
        return tuple(sorted({*added, *special}, key=lambda mark: (-len(mark), mark)))


def device_of(said: str) -> str:
    """Where this process computes: of several on one computer, each has a GPU of its own.

    Args:
        said: cpu or cuda.

    Raises:
        UsageFault: there is no such device here.
    """
    if said.startswith("cuda") and not torch.cuda.is_available():
        raise UsageFault(
            "no GPU can be used here", hints=("leave --device away, to learn on the processor",), fate=_WITHOUT_FATE
        )
    several = int(os.environ.get("WORLD_SIZE", "1")) > 1
    return f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if said == "cuda" and several else said


def base(name: str, *, revision: str = "", fetch: bool = False) -> Base:
    """Where a base lies.

    Args:
        name: a folder, or a name at Hugging Face.
        revision: which it has to be; "" for whichever is there.
        fetch: whether it may be fetched.

    Raises:
        UsageFault: it can't be called so.
        LearnError: it is not there, can't be fetched, or is another one.
    """
    folder = Path(name).expanduser()
    if (folder / "config.json").is_file():
        is_ = hash_of(folder)
        if revision not in ("", is_):
            raise LearnError(
                f"the model in {folder} is not the one that was learned with", fate="nothing was done",
                hints=("its files were changed since; learn anew, or put them back",),
            )  # fmt: skip
        return Base(folder.resolve(), str(folder.resolve()), is_)
    if not _HUB.fullmatch(name):
        raise UsageFault(
            f"there is no model in {name}",
            hints=("it is a folder with config.json in it, or a name at Hugging Face: Qwen/Qwen3-VL-2B-Instruct",),
            fate=_WITHOUT_FATE,
        )
    return _of_hub(name, revision, fetch=fetch)


def _of_hub(name: str, revision: str, *, fetch: bool) -> Base:
    hub = heavy("huggingface_hub", EXTRA)
    try:
        folder = hub.snapshot_download(
            name, revision=revision or None, local_files_only=not fetch, allow_patterns=list(_FILES)
        )
    except Exception as error:  # no network, no such repository, one that asks for a licence, a full disk
        told = f"{name} can't be fetched" if fetch else f"{name} is not on this computer"
        hints = (
            ("see that it is called so, that the network is there, and what its page asks for",) if fetch
            else (f"to fetch it, run: hf download {name}",)
        )  # fmt: skip
        raise LearnError(f"{told} ({type(error).__name__})", hints=hints, fate="nothing was done") from None
    return Base(Path(folder), name, Path(folder).name)


def hash_of(folder: Path) -> str:
    """SHA-256 of what makes it what it is: each file that would be fetched, by its name."""
    found = sorted({one for pattern in _FILES for one in folder.glob(pattern) if one.is_file()})
    whole = hashlib.sha256()
    for one in found:
        with one.open("rb") as file:
            whole.update(f"{one.name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()


def opened(one: Base, device: str) -> Opened:
    """A base, ready to be asked or taught: in bf16 on a GPU, in 32 bits elsewhere.

    Raises:
        LearnError: it is no vision-language model, or of a kind that is not known here.
    """
    _quiet()
    auto = heavy("transformers", EXTRA)
    folder = str(one.folder)
    try:
        config = auto.AutoConfig.from_pretrained(folder, local_files_only=True)
        network = auto.AutoModelForImageTextToText.from_pretrained(
            folder, config=config, local_files_only=True, use_safetensors=True,
            dtype=torch.bfloat16 if device.startswith("cuda") else torch.float32,
        ).to(device)  # fmt: skip
        tokenizer = auto.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        pictures = auto.AutoImageProcessor.from_pretrained(folder, local_files_only=True, backend="pil")
        template = _template(one.folder) or tokenizer.chat_template
        processor = _still(config.model_type)(image_processor=pictures, tokenizer=tokenizer, chat_template=template)
    except Exception as error:  # whatever a folder that is none, or a kind that is new, makes it raise
        raise LearnError(
            f"{one.name} can't be opened as a vision-language model ({type(error).__name__})",
            hints=("it has to be one that transformers opens with AutoModelForImageTextToText",), fate=_WITHOUT_FATE,
        ) from None  # fmt: skip
    if not template:
        raise LearnError(
            f"{one.name} was not made to be spoken to", hints=("take its variant with Instruct in its name",),
            fate=_WITHOUT_FATE,
        )  # fmt: skip
    return Opened(network, processor)


def adapted(place: Path, made: Adapter, device: str) -> Opened:
    """A base with the adapter of a version, ready to be asked.

    Raises:
        LearnError: see `base` and `opened`, or its weights are missing or damaged.
    """
    there = opened(base(made.base, revision=made.revision), device)
    return there._replace(network=with_adapter(there.network, place))


def with_adapter(network: Any, place: Path, *, learns: bool = False) -> Any:
    """Raises:
    LearnError: its weights are missing, damaged, or of another base.
    """
    peft = heavy("peft", EXTRA)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # PEFT 0.21 asks transformers 5.24 by names that will go
            return peft.PeftModel.from_pretrained(network, str(place), is_trainable=learns)
    except Exception:  # whatever a damaged file makes it raise
        raise LearnError(
            f"the weights of {place.parent.name} {place.name} are missing or damaged", fate="nothing was done"
        ) from None


def _still(kind: str) -> Any:
    """Its processor, without the part for videos."""
    auto = heavy("transformers", EXTRA)
    names = heavy("transformers.models.auto.processing_auto", EXTRA).PROCESSOR_MAPPING_NAMES
    made = getattr(auto, names[kind])
    kept = [one for one in made.get_attributes() if one != "video_processor"]
    return type(made.__name__, (made,), {"get_attributes": classmethod(lambda _: list(kept))})


def _template(folder: Path) -> str:
    """What a processor keeps apart from its tokenizer, as Qwen's do; "" where it does not."""
    file = folder / "chat_template.json"
    if not file.is_file():
        return ""
    said = json.loads(file.read_bytes())["chat_template"]
    return said if isinstance(said, str) else ""


def _quiet() -> None:
    """These libraries draw bars and give advice to whoever wrote the program; a person is told by ours."""
    logging = heavy("transformers.utils.logging", EXTRA)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
