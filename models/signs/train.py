"""Trains the sign classifier on pictures that write-signs.ts wrote, and exports it.

python models/signs/train.py --signs train.raw --unseen unseen.raw --work FOLDER

Interrupted, it goes on from the last checkpoint in FOLDER. model.onnx beside this
file is replaced, in one step, only when the training is over.
"""

import argparse
import math
import os
import pathlib
import time

import numpy as np
import torch
from torch import nn

SIZE, CLASSES = 48, 20
MEAN = (0.42, 0.40, 0.40)
STD = (0.26, 0.25, 0.26)


def convolution(inputs, outputs, stride=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class SignNet(nn.Module):
    """[1, 3, 48, 48] → logits [1, 20]: convolutions to 1/4, the mean over the picture, one linear layer."""

    def __init__(self):
        super().__init__()
        self.at_full = nn.Sequential(convolution(3, 24), convolution(24, 24))
        self.at_half = nn.Sequential(convolution(24, 48, 2), convolution(48, 48))
        self.at_quarter = nn.Sequential(convolution(48, 96, 2), convolution(96, 96))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(96, CLASSES)

    def forward(self, image):
        features = self.at_quarter(self.at_half(self.at_full(image)))
        return self.head(self.pool(features).flatten(1))


def open_signs(path):
    """Pictures [n, 48, 48, 3] and labels [n] of a raw file, as views."""
    values = SIZE * SIZE * 3
    signs = np.memmap(path, np.uint8, "r").reshape(-1, values + 1)
    return signs[:, :values].reshape(-1, SIZE, SIZE, 3), signs[:, values]


def normalize(images):
    """Bytes [n, h, w, 3] → [n, 3, h, w] around 0."""
    x = torch.from_numpy(images.astype(np.float32) / 255).permute(0, 3, 1, 2)
    x = (x - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1)
    return x.contiguous(memory_format=torch.channels_last)


def augment(images, rng):
    """Another light and another place for each picture. Never mirrored: left and right are classes."""
    count = len(images)
    gain = rng.uniform(0.75, 1.3, (count, 1, 1, 1)) * rng.uniform(0.9, 1.1, (count, 1, 1, 3))
    offset = rng.uniform(-18, 18, (count, 1, 1, 1))
    moved = np.empty_like(images)
    padded = np.pad(images, ((0, 0), (3, 3), (3, 3), (0, 0)), "edge")
    for index, (dy, dx) in enumerate(rng.integers(0, 7, (count, 2))):
        moved[index] = padded[index, dy : dy + SIZE, dx : dx + SIZE]
    return np.clip(moved * gain + offset, 0, 255)


@torch.no_grad()
def evaluate(model, images, labels):
    """The share of pictures that are recognised, of all and of each class."""
    model.eval()
    right = np.concatenate(
        [
            model(normalize(images[start : start + 200])).argmax(1).numpy()
            == labels[start : start + 200]
            for start in range(0, len(images), 200)
        ]
    )
    model.train()
    return right.mean(), [right[labels == label].mean() for label in range(CLASSES)]


def export(model, path):
    """Writes ONNX beside the target and moves it there, so that no half file is ever seen."""
    model = model.eval().to(memory_format=torch.contiguous_format)
    part = path.with_suffix(".part")
    torch.onnx.export(
        model,
        torch.zeros(1, 3, SIZE, SIZE),
        part,
        input_names=["image"],
        output_names=["logits"],
        opset_version=17,
        dynamo=False,
    )
    os.replace(part, path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--signs", required=True)
    parser.add_argument("--unseen", required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-export", action="store_true")
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    images, labels = open_signs(options.signs)
    unseen = open_signs(options.unseen)

    model = SignNet().to(memory_format=torch.channels_last)
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(images)} signs")
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.03)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-3)
    warmup = 100

    def rate(step):
        if step < warmup:
            return (step + 1) / warmup
        return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (options.steps - warmup)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    options.work.mkdir(parents=True, exist_ok=True)
    checkpoint = options.work / "checkpoint.pt"
    step = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        rng.bit_generator.state = saved["rng"]
        step = saved["step"]

    started = time.time()
    running = 0.0
    while step < options.steps:
        chosen = np.sort(rng.choice(len(images), options.batch, replace=False))
        # Half-width products where the CPU has them: more than twice as fast here.
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(normalize(augment(images[chosen], rng)))
        loss = loss_of(logits.float(), torch.from_numpy(labels[chosen]).long())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        running += loss.item()
        step += 1

        if step % 50 == 0:
            print(f"step {step}  loss {running / 50:.4f}  {time.time() - started:.0f} s", flush=True)
            running = 0.0
        if step % 200 == 0:
            part = checkpoint.with_suffix(".part")
            torch.save(
                {
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "rng": rng.bit_generator.state,
                    "step": step,
                },
                part,
            )
            os.replace(part, checkpoint)
        if step % 400 == 0 or step == options.steps:
            accuracy, each = evaluate(model, *unseen)
            worst = int(np.argmin(each))
            print(f"accuracy {accuracy:.4f}  worst class {worst} {each[worst]:.3f}", flush=True)

    print(f"{time.time() - started:.0f} s in this run")
    if not options.no_export:
        export(model, pathlib.Path(__file__).parent / "model.onnx")


if __name__ == "__main__":
    main()
