"""A vision-language model of 0.2 million random weights, made on the spot, with its own tokenizer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen3VLConfig, Qwen3VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
from transformers.utils import logging

from byhand.models.vision.telling import asked
from tests.models.pages import examples

END, PAD, IMAGE, VIDEO = "<|im_end|>", "<|endoftext|>", "<|image_pad|>", "<|video_pad|>"
MARKS = (PAD, "<|im_start|>", END, "<|vision_start|>", "<|vision_end|>", IMAGE, VIDEO)
TEMPLATE = (
    "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\n' }}"
    "{%- for part in message.content %}{%- if part.type == 'image' %}"
    "{{- '<|vision_start|><|image_pad|><|vision_end|>' }}{%- else %}{{- part.text }}{%- endif %}{%- endfor %}"
    "{{- '<|im_end|>\n' }}{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}"
)


def tokenizer(texts: Iterable[str]) -> PreTrainedTokenizerFast:
    whole = Tokenizer(models.BPE())
    whole.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    whole.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=700, special_tokens=list(MARKS), initial_alphabet=alphabet, show_progress=False
    )
    whole.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(tokenizer_object=whole, eos_token=END, pad_token=PAD, chat_template=TEMPLATE)


def model(place: Path, *, seed: int = 0) -> Path:
    """Written into a folder, as a model at Hugging Face lies in one."""
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    told = [asked(one.look, 99) for one in examples(40)]
    words = tokenizer([text for one in told for text in (one.system, one.user)] + ["click #3", 'type #4 "kalo"'] * 40)
    at = words.get_vocab()
    config = Qwen3VLConfig(
        text_config={
            "vocab_size": len(words), "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
            "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "max_position_embeddings": 4096,
            "rope_parameters": {
                "rope_type": "default", "rope_theta": 10000.0, "mrope_section": [3, 3, 2], "mrope_interleaved": True
            },
            "eos_token_id": at[END], "pad_token_id": at[PAD], "initializer_range": 0.2,
        },
        vision_config={
            "depth": 1, "hidden_size": 32, "intermediate_size": 64, "num_heads": 2, "patch_size": 16,
            "spatial_merge_size": 2, "temporal_patch_size": 2, "out_hidden_size": 64, "deepstack_visual_indexes": [0],
            "num_position_embeddings": 64,
        },
        image_token_id=at[IMAGE], video_token_id=at[VIDEO], vision_start_token_id=at["<|vision_start|>"],
        vision_end_token_id=at["<|vision_end|>"], tie_word_embeddings=True,
    )  # fmt: skip
    torch.manual_seed(seed)
    network = Qwen3VLForConditionalGeneration(config)
    network.generation_config.eos_token_id = at[END]
    network.save_pretrained(place)
    words.save_pretrained(place)
    size = {"shortest_edge": 32 * 32, "longest_edge": 96 * 96}
    Qwen2VLImageProcessorPil(patch_size=16, merge_size=2, size=size).save_pretrained(place)
    return place
