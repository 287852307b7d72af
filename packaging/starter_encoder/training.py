"""The training loop: contrastive on captions, contrastive on names of things, agreement with the classifier."""

from __future__ import annotations

import copy
import time
from dataclasses import dataclass
from typing import Any

import exported
import lesson as lessons
import measuring
import numpy as np
import object_words
import open_clip.loss
import torch
from feature_cache import TextStates
from lesson import Lesson
from numpy.typing import NDArray
from torch import Tensor
from trainable import Trainable

_CLASSES = 1000


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that was chosen."""

    head_epochs: int = 20
    epochs: int = 14
    last_epochs: int = 20
    last_runs: int = 5
    batch: int = 512
    first_rate: float = 2e-3
    head_rate: float = 1e-3
    last_rate: float = 2e-3
    image_rate: float = 2e-4
    text_rate: float = 1e-4
    weight_decay: float = 0.2
    hidden_dropout: float = 0.5
    feature_dropout: float = 0.35
    token_dropout: float = 0.1
    last_noise: float = 1.0
    classes_per_step: int = 256
    class_weight: float = 0.5
    agreement_weight: float = 0.3
    loss: str = "infonce"
    seed: int = 0
    measure_every: int = 7


class Run:
    """One training run over a lesson."""

    def __init__(self, lesson: Lesson, recipe: Recipe) -> None:
        self._lesson = lesson
        self._recipe = recipe
        self.reseed(recipe.seed)
        self.model = Trainable(recipe.hidden_dropout, recipe.feature_dropout)
        self._contrast = open_clip.loss.ClipLoss()
        self._sigmoid = open_clip.loss.SigLipLoss()
        self._captions_of = _Choice(lesson.captions)
        self._names_of = _Choice(lesson.classes)
        self._opinions = [object_words.posteriors(pooled, self.model.classifier) for pooled in lesson.pooled]
        self._pooled = lesson.pooled
        self.model.image_head.fit(lesson.pooled[0])
        self._read_texts()
        self.model.text_head.fit(self._frozen_captions)
        self._imagine()

    def settle(self) -> None:
        """From here on only heads are trained, on what the last layers say now."""
        self.model.zero_grad(set_to_none=True)  # else the layers' last gradients would count in the clipping
        top = copy.deepcopy(self.model.image_top).eval()
        self._pooled = [torch.cat([lessons.pool(top, part) for part in view]) for view in self._lesson.maps]
        self.model.image_head.refit(self._pooled[0])
        self._read_texts()
        self.model.text_head.refit(self._frozen_captions)
        self._imagine()

    def reseed(self, seed: int) -> None:
        """Everything random from here on follows `seed`."""
        self.seed = seed
        torch.manual_seed(seed)
        self._random = np.random.default_rng(seed)
        self._torch_random = torch.Generator().manual_seed(seed)

    def _read_texts(self) -> None:
        self._frozen_captions = self._frozen(self._lesson.captions)
        self._frozen_names = self._frozen(self._lesson.classes)

    def _imagine(self) -> None:
        spread, classifier = self.model.image_head.spread, self.model.classifier
        self._pseudo = object_words.pseudo_features(self._pooled[0], spread, self._lesson.pooled[0], classifier)

    def step(self, rows: NDArray[np.int64], *, heads_only: bool) -> Tensor:
        """The loss of one batch of photos."""
        recipe, model, lesson = self._recipe, self.model, self._lesson
        views = self._random.integers(len(self._lesson.maps), size=len(rows))
        classes = self._random.permutation(_CLASSES)[: recipe.classes_per_step]
        with torch.autocast("cpu", torch.bfloat16):
            said, called = self._captions_of.draw(rows, self._random), self._names_of.draw(classes, self._random)
            if heads_only:
                seen = torch.stack([self._pooled[view][row] for row, view in zip(rows, views, strict=True)])
                told, named = self._frozen_captions[said], self._frozen_names[called]
            else:
                seen = model.image_features(lesson.draw(rows, views))
                told = model.text_features(lesson.captions, said, recipe.token_dropout)
                named = model.text_features(lesson.classes, called)
            photos, captions, names = model.image_head(seen), model.text_head(told), model.text_head(named)
            things = model.image_head.project(self._pseudo.draw(torch.from_numpy(classes), self._torch_random))
        object_scale = model.log_object_scale.exp()
        opinion = torch.stack([self._opinions[view][row] for row, view in zip(rows, views, strict=True)])
        agreement = object_words.disagreement(photos, names, object_scale, opinion[:, classes].float())
        loss = self._captions_loss(photos, captions) + recipe.agreement_weight * agreement
        total: Tensor = loss + recipe.class_weight * self._contrast(things, names, object_scale)
        return total

    def _captions_loss(self, photos: Tensor, captions: Tensor) -> Tensor:
        scale = self.model.log_scale.exp()
        if self._recipe.loss == "sigmoid":
            loss: Tensor = self._sigmoid(photos, captions, scale, self.model.bias)
        else:
            loss = self._contrast(photos, captions, scale)
        return loss

    def _frozen(self, texts: TextStates) -> Tensor:
        """(m, 768): all texts' pooled features, before anything is trained."""
        order = np.argsort(np.diff(texts.starts), kind="stable")
        found = torch.empty(len(order), self.model.text_head.mean.numel())
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for rows in np.array_split(order, len(order) // 256):
                found[rows] = self.model.text_features(texts, rows)
        return found


class _Choice:
    """Draws one of an owner's texts at random."""

    def __init__(self, texts: TextStates) -> None:
        self._counts = np.bincount(texts.owners)
        self._first = np.concatenate([[0], np.cumsum(self._counts)[:-1]])

    def draw(self, owners: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
        rows: NDArray[np.int64] = self._first[owners] + (random.random(len(owners)) * self._counts[owners]).astype(int)
        return rows


def train(lesson: Lesson, recipe: Recipe) -> Trainable:
    """Heads alone first, then with the last layers, which random heads would spoil (Kumar et al., ICLR 2022).

    Returns the state that was best on the development split of flickr8k.
    """
    run = Run(lesson, recipe)
    _stage(run, lesson, recipe, _heads(run.model, recipe, recipe.first_rate), recipe.head_epochs, heads_only=True)
    rates = [*_heads(run.model, recipe, recipe.head_rate), *_layers(run.model, recipe)]
    best = _stage(run, lesson, recipe, rates, recipe.epochs, heads_only=False)
    run.model.load_state_dict(best)
    return _heads_again(run, lesson, recipe)


def train_heads_again(lesson: Lesson, recipe: Recipe) -> Trainable:
    """Only the last stage, from the heads and layers that are shipped."""
    run = Run(lesson, recipe)
    exported.load_into(run.model)
    return _heads_again(run, lesson, recipe)


def _heads_again(run: Run, lesson: Lesson, recipe: Recipe) -> Trainable:
    """Heads alone on what the last layers say now, with noise: several runs from one start, their weights averaged.

    Runs from one pretrained start stay in one basin, so that the mean of their weights is better than each of them
    ("model soups", Wortsman et al., ICML 2022).
    """
    run.settle()
    run.model.image_head.noise = recipe.last_noise
    start, ends = copy.deepcopy(run.model.state_dict()), []
    for place in range(1, recipe.last_runs + 1):
        run.model.load_state_dict(start)
        run.reseed(recipe.seed + place)
        _stage(run, lesson, recipe, _heads(run.model, recipe, recipe.last_rate), recipe.last_epochs, heads_only=True)
        ends.append(copy.deepcopy(run.model.state_dict()))
    mean = {name: torch.stack([end[name].float() for end in ends]).mean(0) for name in start}
    run.model.load_state_dict(mean)
    return run.model.eval()


def _stage(
    run: Run, lesson: Lesson, recipe: Recipe, rates: list[dict[str, Any]], epochs: int, *, heads_only: bool
) -> dict[str, Tensor]:
    """One learning-rate cycle; returns the best state."""
    steps = len(lesson.kept) // recipe.batch
    optimiser = torch.optim.AdamW(rates)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [rate["lr"] for rate in rates], total_steps=steps * epochs, pct_start=0.1
    )
    shuffle = np.random.default_rng(run.seed + heads_only)
    best, best_state, started = -1.0, copy.deepcopy(run.model.state_dict()), time.monotonic()
    for epoch in range(1, epochs + 1):
        run.model.train()
        batches = np.split(shuffle.permutation(lesson.kept)[: steps * recipe.batch], steps)
        losses = [_learn(run, optimiser, schedule, run.step(batch, heads_only=heads_only)) for batch in batches]
        print(f"epoch {epoch}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s", flush=True)
        if epoch == epochs or (epoch % recipe.measure_every == 0 and not heads_only):
            figures = measuring.figures(run.model.eval(), lesson.held, lesson.prompts)
            print(figures, flush=True)
            if figures["flickr8k recall@10"] > best:
                best, best_state = figures["flickr8k recall@10"], copy.deepcopy(run.model.state_dict())
    return best_state


def _learn(run: Run, optimiser: torch.optim.Optimizer, schedule: Any, loss: Tensor) -> float:
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(run.model.parameters(), 5.0)
    optimiser.step()
    schedule.step()
    return loss.item()


def _heads(model: Trainable, recipe: Recipe, rate: float) -> list[dict[str, Any]]:
    """Only the heads' matrices decay."""
    heads = [*model.image_head.parameters(), *model.text_head.parameters()]
    scales = [model.log_scale, model.log_object_scale, model.bias]
    return [
        {"params": [p for p in heads if p.ndim > 1], "lr": rate, "weight_decay": recipe.weight_decay},
        {"params": [*(p for p in heads if p.ndim == 1), *scales], "lr": rate, "weight_decay": 0.0},
    ]


def _layers(model: Trainable, recipe: Recipe) -> list[dict[str, Any]]:
    """Pretrained layers learn slowly."""
    return [
        {"params": list(model.image_top.parameters()), "lr": recipe.image_rate, "weight_decay": 0.0},
        {"params": list(model.text_top.parameters()), "lr": recipe.text_rate, "weight_decay": 0.0},
    ]
