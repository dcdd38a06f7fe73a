"""The dots of every sample, as this version of the layout draws them.

Chinese and Latin letters only: their font comes with the installation, others with the machine.
"""

import pytest

from devices.printing.pictures import LAYOUT_VERSION, pictures_of, sha256
from devices.printing.slips.samples import CORRECTION, SAMPLES
from tests.printing.slip_reading import WIDTHS

VERSION = 1
DIGESTS: dict[str, list[str]] = {
    "ticket": [
        "37da6548ae1e7aaaa3ac4fef62c0da8cf8fe95e73a9bb24bf26ab8a5242ab8c1",
        "9694f0a442b3e88ac1e9fec21288431193c9aa007c8c484732672f049804c93a",
        "2cc884370549d1e167867e5180f294e13525bad4d3e8801d18deb75d756e3841",
        "b0f291e7597672244011389398b8a31e7d57939ead0bcf2da7bccab14ac9fdcd",
    ],
    "notice": [
        "8d0997e57d309cee5592f6fc7f976eb3ed08e3f12dc640ab57ae3d4c73d8e12a",
        "a0d3ac2b797b696d3f5390aa5d36d0d042a0637315dd3b6c7165a2d83c7a4d1a",
        "9f71f74b1b56676a6652df40bff44efa966bbf99df933d2b4595d291f67ff503",
        "14d57bf44e716b2a588a9962a07b6027a2af21663fad10e046755fee599a8bea",
    ],
    "appointment": [
        "17ab5ac0e270939bb98bf67fe50a35a930081d56c5b03a52aa64d6cee914993c",
        "3dd5888f015fc9854a7e2c7c9f1a592e29dec261e4fd05df1207b2e61781b016",
        "eddd2d7410a798d70cf4322c07cad80373834c267f72900e09eb0b792c06503d",
        "aab1b40fd16f3dc69cd4a48074c13183458072f2ecffd959e5d33da360176885",
    ],
    "receipt": [
        "5e23b601d68c369cc8060c82780446b899cc85b8c5284398f1a09eca35c3594a",
        "95b8d298b7af84b3cf9f0abccc22ae6879304c7649b0bc34eed6c52441a1105e",
        "e627dfa7d87f36d57390cdda2415a825acce10a105b7ed2d304a5dc4a2c62eac",
        "a8bf515749a57d04524f562c42909470659a47e18c7538b05287a8d96b6542ae",
    ],
    "payment": [
        "71c2d08c697cd5f88b6a6f3a754e704ae84eb71f3538edeac838e584a689e217",
        "9dba57f1d264652e68cdc9bbac8a20d255cc4841966470223f7c0e0dddf12678",
        "97bbd231c76ff8e7aa133c401a29d3c149756a067ddb1ae9bd373dbed41df5f8",
        "9a81a6a3c7fc21738d4b8d70144109b18e9043bcd2408a9621f23ea86262f0db",
    ],
    "promise": [
        "dd20ac196e4cf76ae122f9b8d27ee6e061065ae3850c1d05ab186314f1842d89",
        "b6b37457dba5327f5b87909a5e508be8c7d50fd2b0b64085bbc6e888fc31e926",
        "9131e0542b44dc7ca39432915ae73911d7f8a06b8a03a558c1b1049fad40456d",
        "1d8a498d0d6a7f2cd80afdcd51e629afe2ae5bb4d3d6e4b9934a8f6aa113361f",
    ],
    "refusal": [
        "35742d5de79c16771478e04df37c5c5ff8812efd6d24cc33344bf0e4d44196a3",
        "cf20ebcd68a7eb5fb0be3b75702dffe3ebd560f8f5af036e361c4d90cad5f8b7",
        "e88ea33586e7815a8fea7c9f0f10926fb862e85f8c2df6c0651e6443aeeaa284",
        "bcd61fb8de66438374bf53f7dc9575c1feef95e36618253e9d22ae4f4ebf12fa",
    ],
    "inquiry": [
        "57c92a830bc270f5f23ac2c62bf3d117862cb74cdbe4cd2772e107d9daea884f",
        "ab9453927aae6c7553103f505bcf6acdc2b0d9956e8bb6d6acac5b351aadc7fd",
        "5b03419f1a814e13e38aa05f10c7e1cfbb5bfbe22c412fba9fb2d3ecf354a3a4",
        "15a8e20a3c97f08939c99f971082ab6ca902b16ea408038a2da9cf9d6e28bae2",
    ],
    "self_check": [
        "a501e38c79b3b8ca5607650febe3db8de65ddf893475e43256ec9256cb7c12ae",
        "6a6b083cb409874db0b350ad1e62d4965dfe03e66d3528e514970fe764a01918",
        "55835ce9ef396f8dda76f5366aeaf2df3c6c297fc4c2cdd06c2c43eb69998cf5",
        "194ada4d5ad7baf6ed5ea1ce5defea83143e2edee598157204262532781973cb",
    ],
}
"""Of each kind: 58 mm, 58 mm in large print, 80 mm, 80 mm in large print."""


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_the_dots_change_only_with_the_version_of_the_layout(kind: str) -> None:
    drawn = [
        sha256(pictures_of(kind, SAMPLES[kind] | {"large_print": large}, width))
        for width in WIDTHS
        for large in (False, True)
    ]

    assert drawn == DIGESTS.get(kind), (
        f"A {kind} is drawn otherwise than by version {VERSION} of the layout (or the sample, the "
        f"wording, Pillow or the font has changed). Kept slips are drawn again by their version: "
        f"raise LAYOUT_VERSION in devices/printing/pictures.py and VERSION here, and record the "
        f"new digests: {drawn}"
    )


OF_A_CORRECTION = [
    "69d5b9fde8afbfc99fbfa6a28e30be47c9f8e7e30e60eb7fbda2531796079edc",
    "7e9c15801937ba86fc269c03972ab2e04f1c4cf03f7f8397d4bb71ba8b1fe00c",
    "a3536735db08ddd01439f787221266b3132c35316b2e8cf92bab61a3317455a8",
    "91c69a1f3e65521a6303b810c7cfcb9ded4f09bbf4a19ad67aed5db368ecd28f",
]
"""A notice that corrects another and asks for a paper by hand."""


def test_so_do_those_of_a_correction() -> None:
    drawn = [
        sha256(pictures_of("notice", CORRECTION | {"large_print": large}, width))
        for width in WIDTHS
        for large in (False, True)
    ]

    assert drawn == OF_A_CORRECTION, drawn


def test_the_digests_are_of_this_version() -> None:
    assert LAYOUT_VERSION == VERSION, "record the digests of the new version here"
