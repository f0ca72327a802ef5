"""Promises of what a network reads of a long page: what has to be pointed at, and no more than it can."""

from __future__ import annotations

import pytest
import torch

from byhand.models.batches import Asked, asked
from byhand.models.decision import OPS, Look
from byhand.models.features import features
from byhand.models.network import KEPT, Network, Read, Shape
from tests.models.pages import page

LONG = page("; ".join(f"button Choice {at}" for at in range(KEPT + 60)))
SHORT = page("button Save; textbox Name; checkbox Urgent")


@pytest.fixture
def network() -> Network:
    torch.manual_seed(0)
    return Network(Shape(width=32, layers=2, words=8)).eval()


def question(*looks: Look) -> Asked:
    return asked([features(look) for look in looks])


def pressed(network: Network, read: Read) -> torch.Tensor:
    """[B, E]: logits of what is pressed."""
    return network.element(read, torch.full((len(read.whole),), OPS.index("click")))


def test_no_more_of_a_long_page_is_read_than_it_can(network: Network) -> None:
    read = network.read(question(Look("Press it.", LONG)))
    assert int(read.elements_here.sum()) == KEPT
    assert read.elements.shape[1] == len(LONG.nodes), "places are those of the page"
    left = ~read.elements_here
    assert (pressed(network, read)[left] < -1e8).all(), "what is not read is not pressed"
    assert not read.elements[left].any()


def test_the_likeliest_are_read(network: Network) -> None:
    read = network.read(question(Look("Press it.", LONG)))
    assert read.kept[read.elements_here].min() >= read.kept[~read.elements_here].max()


def test_what_has_to_be_pointed_at_is_read(network: Network) -> None:
    one = question(Look("Press it.", LONG))
    last = network.read(one).kept.argmin(-1)
    assert not network.read(one).elements_here[0, last]
    assert network.read(one, [last, torch.tensor([-1])]).elements_here[0, last]


def test_a_page_reads_the_same_alone_and_beside_a_longer_one(network: Network) -> None:
    """What is filled up to the longest of a batch is read by nobody."""
    look, count = Look('Press "Save".', SHORT), len(SHORT.nodes)
    with torch.no_grad():
        alone = pressed(network, network.read(question(look)))
        beside = pressed(network, network.read(question(look, Look("Press it.", LONG))))
    assert torch.allclose(alone[0], beside[0, :count], atol=1e-5)
    assert (beside[0, count:] < -1e8).all()


def test_with_and_without_learning_it_reads_the_same(network: Network) -> None:
    """Both ways of adding how things belong together give one sum."""
    one = question(Look("Press choice 12.", LONG))
    learned = pressed(network, network.read(one))
    with torch.no_grad():
        plain = pressed(network, network.read(one))
    assert torch.allclose(learned, plain, atol=1e-5)


def test_kin_and_places_of_what_is_read_are_its_own(network: Network) -> None:
    """A page and five places of nothing behind it: what is read is the page, each row of the element it was of."""
    some = page("; ".join(f"button Choice {at}" for at in range(KEPT)))
    with torch.no_grad():
        whole = pressed(network, network.read(question(Look("Press choice 12.", some))))
        one = question(Look("Press choice 12.", some))
        wanted = [torch.tensor([at]) for at in range(KEPT)]
        longer = one._replace(
            **{
                name: torch.cat([column, torch.zeros_like(column[:, :5])], 1)
                for name, column in one._asdict().items()
                if name
                in ("elements", "roles", "tags", "name_keys", "name_bits", "name_means", "around", "elements_here")
            },
            kin=torch.nn.functional.pad(one.kin, (0, 5, 0, 5)),
            lies=torch.nn.functional.pad(one.lies, (0, 5, 0, 5)),
        )
        part = pressed(network, network.read(longer, wanted))
    assert torch.allclose(whole[0], part[0, :KEPT], atol=1e-5)
