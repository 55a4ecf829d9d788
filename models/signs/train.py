"""Trains the sign classifier on pictures that write-signs.ts wrote, and exports it.

python -m models.signs.train --data train.raw --unseen unseen.raw --work FOLDER

Interrupted, it goes on from the last checkpoint in FOLDER. model.onnx beside this
file is replaced, in one step, only when the training is over.
"""

import pathlib

import numpy as np
import torch
from torch import nn

from models.training import convolution, export, fit, normalize, options_for, relight, stage

SIZE, CLASSES = 48, 20
MEAN = (0.42, 0.40, 0.40)
STD = (0.26, 0.25, 0.26)


class SignNet(nn.Module):
    """[n, 3, 48, 48] → logits [n, 20]: convolutions to 1/4, the mean over the picture, one linear layer."""

    def __init__(self):
        super().__init__()
        self.encoder1 = stage(first=convolution(3, 24), second=convolution(24, 24))
        self.encoder2 = stage(down=convolution(24, 48, 2), keep=convolution(48, 48))
        self.encoder4 = stage(down=convolution(48, 96, 2), keep=convolution(96, 96))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(96, CLASSES)

    def forward(self, image):
        features = self.encoder4(self.encoder2(self.encoder1(image)))
        return self.head(self.pool(features).flatten(1))


def open_signs(path):
    """Pictures [n, 48, 48, 3] and labels [n] of a raw file, as views."""
    values = SIZE * SIZE * 3
    signs = np.memmap(path, np.uint8, "r").reshape(-1, values + 1)
    return signs[:, :values].reshape(-1, SIZE, SIZE, 3), signs[:, values]


def move(images, rng):
    """Another place for each picture, up to 3 pixels away. Never mirrored: left and right are classes."""
    moved = np.empty_like(images)
    padded = np.pad(images, ((0, 0), (3, 3), (3, 3), (0, 0)), "edge")
    for index, (dy, dx) in enumerate(rng.integers(0, 7, (len(images), 2))):
        moved[index] = padded[index, dy : dy + SIZE, dx : dx + SIZE]
    return moved


@torch.no_grad()
def describe(model, images, labels):
    """The share of pictures that are recognised, of all and of the worst class."""
    model.eval()
    right = np.concatenate(
        [
            model(normalize(images[start : start + 200], MEAN, STD)).argmax(1).numpy()
            == labels[start : start + 200]
            for start in range(0, len(images), 200)
        ]
    )
    model.train()
    each = [right[labels == label].mean() for label in range(CLASSES)]
    return f"accuracy {right.mean():.4f}  worst class {np.argmin(each)} {min(each):.3f}"


def main():
    options = options_for(steps=4000, batch=64)
    torch.manual_seed(options.seed)
    model = SignNet().to(memory_format=torch.channels_last)
    images, labels = (np.concatenate(part) for part in zip(*map(open_signs, options.data)))
    unseen = open_signs(options.unseen)
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(images)} signs")

    def next_batch(rng):
        chosen = rng.choice(len(images), options.batch, replace=False)
        pictures = relight(move(images[chosen], rng), rng)
        return normalize(pictures, MEAN, STD), torch.from_numpy(labels[chosen]).long()

    fit(
        model,
        options,
        next_batch=next_batch,
        loss_of=nn.CrossEntropyLoss(label_smoothing=0.03),
        describe=lambda model: describe(model, *unseen),
    )
    export(model, torch.zeros(1, 3, SIZE, SIZE), pathlib.Path(__file__).parent / "model.onnx")


if __name__ == "__main__":
    main()
