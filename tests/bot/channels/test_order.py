from __future__ import annotations

import asyncio

from bot.channels.order import Order


async def _take_turns(order: Order, names: list[str], gate: asyncio.Event) -> list[str]:
    done: list[str] = []

    async def turn(name: str) -> None:
        async with order.turn(name[0]):
            await gate.wait()
            done.append(f"{name} begins")
            await asyncio.sleep(0)
            done.append(f"{name} ends")

    tasks = [asyncio.create_task(turn(name)) for name in names]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*tasks)
    return done


async def test_order_keeps_one_conversation_in_order() -> None:
    names = ["a1", "a2", "a3"]

    done = await _take_turns(Order(), names, asyncio.Event())

    assert done == [f"{name} {what}" for name in names for what in ("begins", "ends")]


async def test_order_lets_conversations_go_at_once() -> None:
    done = await _take_turns(Order(), ["a1", "b1"], asyncio.Event())

    assert done == ["a1 begins", "b1 begins", "a1 ends", "b1 ends"]


async def test_order_goes_on_after_a_turn_that_fails_or_is_given_up() -> None:
    order, reached = Order(), asyncio.Event()

    async def fail() -> None:
        async with order.turn("a"):
            raise ValueError

    async def stay() -> None:
        async with order.turn("a"):
            reached.set()
            await asyncio.Event().wait()

    failed = await asyncio.gather(fail(), return_exceptions=True)
    staying = asyncio.create_task(stay())
    await reached.wait()
    waiting = asyncio.create_task(fail())
    await asyncio.sleep(0)
    waiting.cancel()
    staying.cancel()
    given_up = await asyncio.gather(staying, waiting, return_exceptions=True)

    assert [type(one) for one in failed + given_up] == [
        ValueError,
        asyncio.CancelledError,
        asyncio.CancelledError,
    ]
    done = await asyncio.wait_for(_take_turns(order, ["a2"], reached), timeout=1)
    assert done == ["a2 begins", "a2 ends"]


async def test_order_keeps_nothing_of_the_past() -> None:
    order = Order()

    await _take_turns(order, ["a1", "a2", "b1"], asyncio.Event())

    assert len(order) == 0


async def test_order_tells_who_waited() -> None:
    order = Order()

    async def turn(name: str) -> bool:
        async with order.turn(name) as waited:
            await asyncio.sleep(0)
        return waited

    assert await asyncio.gather(*map(turn, "aab")) == [False, True, False]


async def test_who_comes_between_two_turns_has_waited_too() -> None:
    order, gate = Order(), asyncio.Event()
    told: list[tuple[str, bool]] = []

    async def turn(name: str) -> None:
        async with order.turn("a") as waited:
            told.append((name, waited))
            await gate.wait()

    first, second = (asyncio.create_task(turn(name)) for name in ("first", "second"))
    await asyncio.sleep(0)
    gate.set()
    # It starts when the first turn has ended and the second one has not yet begun.
    third = asyncio.create_task(turn("third"))
    await asyncio.gather(first, second, third)

    assert told == [("first", False), ("second", True), ("third", True)]
