"""Trains the street network on scenes that write-scenes.ts wrote, and exports it.

python -m models.street.train --data a.raw [b.raw …] --unseen unseen.raw --work FOLDER

Interrupted, it goes on from the last checkpoint in FOLDER. model.onnx beside this
file is replaced, in one step, only when the training is over.
"""

import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from models.training import convolution, export, fit, normalize, options_for, relight, stage

WIDTH, HEIGHT = 192, 128
CLASSES = ["sky", "building", "tree", "grass", "road", "car", "person", "sign"]
MEAN = (0.45, 0.47, 0.45)
STD = (0.25, 0.25, 0.26)


class Residual(nn.Module):
    """Two convolutions around which the input goes unchanged."""

    def __init__(self, channels, dilation):
        super().__init__()
        self.first = convolution(channels, channels, dilation=dilation)
        self.second = stage(
            conv=nn.Conv2d(channels, channels, 3, 1, dilation, dilation, bias=False),
            norm=nn.BatchNorm2d(channels),
        )
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(x + self.second(self.first(x)))


class Up(nn.Module):
    """Doubles the resolution and adds what the encoder saw there."""

    def __init__(self, inputs, skip, outputs):
        super().__init__()
        self.narrow = nn.Conv2d(inputs, outputs, 1)
        self.skip = nn.Conv2d(skip, outputs, 1)
        self.mix = convolution(outputs, outputs)

    def forward(self, x, skip):
        return self.mix(double(self.narrow(x)) + self.skip(skip))


def double(x):
    return functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class StreetNet(nn.Module):
    """[n, 3, 128, 192] → logits [n, 8, 128, 192]: an encoder to 1/8, context, a decoder to 1/2."""

    def __init__(self):
        super().__init__()
        self.encoder2 = stage(down=convolution(3, 16, 2), keep=convolution(16, 16))
        self.encoder4 = stage(down=convolution(16, 32, 2), keep=convolution(32, 32))
        self.encoder8 = stage(
            down=convolution(32, 64, 2), keep=convolution(64, 64), residual=Residual(64, 1)
        )
        self.context = stage(
            dilated2=Residual(64, 2), dilated4=Residual(64, 4), dilated8=Residual(64, 8)
        )
        self.decoder4 = Up(64, 32, 48)
        self.decoder2 = Up(48, 16, 32)
        self.head = nn.Conv2d(32, len(CLASSES), 1)

    def forward(self, image):
        half = self.encoder2(image)
        quarter = self.encoder4(half)
        eighth = self.context(self.encoder8(quarter))
        # The last step is linear and local: what makes a pixel's gradient cheap.
        return double(self.head(self.decoder2(self.decoder4(eighth, quarter), half)))


def open_scenes(path):
    """Pictures and labels of a raw file, as views: [n, 128, 192, 3] and [n, 128, 192]."""
    pixels = WIDTH * HEIGHT
    scenes = np.memmap(path, np.uint8, "r").reshape(-1, pixels * 4)
    images = scenes[:, : pixels * 3].reshape(-1, HEIGHT, WIDTH, 3)
    return images, scenes[:, pixels * 3 :].reshape(-1, HEIGHT, WIDTH)


def class_weights(labels):
    """1/√frequency, of mean 1, kept within 0.2–3."""
    counts = np.bincount(labels.ravel(), minlength=len(CLASSES))
    weights = 1 / np.sqrt(counts / counts.sum())
    return torch.tensor(np.clip(weights / weights.mean(), 0.2, 3), dtype=torch.float32)


@torch.no_grad()
def describe(model, images, labels):
    """Intersection over union of each class, and the share of pixels that are right."""
    model.eval()
    count = len(CLASSES)
    confusion = np.zeros((count, count), np.int64)
    for start in range(0, len(images), 20):
        inputs = normalize(images[start : start + 20], MEAN, STD)
        predicted = model(inputs).argmax(1).numpy()
        pairs = labels[start : start + 20].astype(np.int64) * count + predicted
        confusion += np.bincount(pairs.ravel(), minlength=count**2).reshape(count, count)
    model.train()
    right = np.diag(confusion)
    ious = right / np.maximum(confusion.sum(0) + confusion.sum(1) - right, 1)
    each = "  ".join(f"{name} {iou:.3f}" for name, iou in zip(CLASSES, ious))
    return f"mIoU {ious.mean():.4f}  pixels {right.sum() / confusion.sum():.4f}  {each}"


def main():
    options = options_for(steps=3800, batch=16)
    torch.manual_seed(options.seed)
    model = StreetNet().to(memory_format=torch.channels_last)
    files = [open_scenes(path) for path in options.data]
    unseen = open_scenes(options.unseen)
    places = [(file, index) for file in files for index in range(len(file[0]))]
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(places)} scenes")

    def next_batch(rng):
        chosen = [places[i] for i in rng.choice(len(places), options.batch, replace=False)]
        images = np.stack([file[0][index] for file, index in chosen])
        labels = np.stack([file[1][index] for file, index in chosen])
        flipped = rng.random(options.batch) < 0.5
        images[flipped] = images[flipped, :, ::-1]
        labels[flipped] = labels[flipped, :, ::-1]
        inputs = normalize(relight(images, rng), MEAN, STD)
        return inputs, torch.from_numpy(labels).long()

    fit(
        model,
        options,
        next_batch=next_batch,
        loss_of=nn.CrossEntropyLoss(class_weights(files[0][1][:400])),
        describe=lambda model: describe(model, *unseen),
    )
    example = torch.zeros(1, 3, HEIGHT, WIDTH)
    export(model, example, pathlib.Path(__file__).parent / "model.onnx")


if __name__ == "__main__":
    main()
