"""Trains the street network on scenes that write-scenes.ts wrote, and exports it.

python models/street/train.py --scenes a.raw [b.raw …] --unseen unseen.raw --work FOLDER

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
from torch.nn import functional

WIDTH, HEIGHT, CLASSES = 192, 128, 8
CLASS_NAMES = ["sky", "building", "tree", "grass", "road", "car", "person", "sign"]
MEAN = (0.45, 0.47, 0.45)
STD = (0.25, 0.25, 0.26)


def convolution(inputs, outputs, stride=1, dilation=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, dilation, dilation, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class Residual(nn.Module):
    """Two convolutions around which the input goes unchanged."""

    def __init__(self, channels, dilation):
        super().__init__()
        self.first = convolution(channels, channels, dilation=dilation)
        self.second = nn.Sequential(
            nn.Conv2d(channels, channels, 3, 1, dilation, dilation, bias=False),
            nn.BatchNorm2d(channels),
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
        x = functional.interpolate(
            self.narrow(x), scale_factor=2, mode="bilinear", align_corners=False
        )
        return self.mix(x + self.skip(skip))


class StreetNet(nn.Module):
    """[1, 3, 128, 192] → logits [1, 8, 128, 192]: an encoder to 1/8, context, a decoder to 1/2."""

    def __init__(self):
        super().__init__()
        self.to_half = nn.Sequential(convolution(3, 16, 2), convolution(16, 16))
        self.to_quarter = nn.Sequential(convolution(16, 32, 2), convolution(32, 32))
        self.to_eighth = nn.Sequential(convolution(32, 64, 2), convolution(64, 64), Residual(64, 1))
        self.context = nn.Sequential(*(Residual(64, dilation) for dilation in (2, 4, 8)))
        self.up4 = Up(64, 32, 48)
        self.up2 = Up(48, 16, 32)
        self.head = nn.Conv2d(32, CLASSES, 1)

    def forward(self, image):
        half = self.to_half(image)
        quarter = self.to_quarter(half)
        eighth = self.context(self.to_eighth(quarter))
        low = self.head(self.up2(self.up4(eighth, quarter), half))
        return functional.interpolate(
            low, scale_factor=2, mode="bilinear", align_corners=False
        )


def open_scenes(path):
    """Pictures and labels of a raw file, as views: [n, 128, 192, 3] and [n, 128, 192]."""
    pixels = WIDTH * HEIGHT
    scenes = np.memmap(path, np.uint8, "r").reshape(-1, pixels * 4)
    images = scenes[:, : pixels * 3].reshape(-1, HEIGHT, WIDTH, 3)
    return images, scenes[:, pixels * 3 :].reshape(-1, HEIGHT, WIDTH)


def normalize(images):
    """Bytes [n, h, w, 3] → [n, 3, h, w] around 0."""
    x = torch.from_numpy(images.astype(np.float32) / 255).permute(0, 3, 1, 2)
    x = (x - torch.tensor(MEAN).view(3, 1, 1)) / torch.tensor(STD).view(3, 1, 1)
    return x.contiguous(memory_format=torch.channels_last)


def augment(images, rng):
    """Another light for each picture: gain, colour cast, offset."""
    count = len(images)
    gain = rng.uniform(0.75, 1.3, (count, 1, 1, 1)) * rng.uniform(0.9, 1.1, (count, 1, 1, 3))
    offset = rng.uniform(-18, 18, (count, 1, 1, 1))
    return np.clip(images * gain + offset, 0, 255)


def class_weights(labels):
    """1/√frequency, of mean 1, kept within 0.2–3."""
    counts = np.bincount(labels[:400].ravel(), minlength=CLASSES)
    weights = 1 / np.sqrt(counts / counts.sum())
    return torch.tensor(np.clip(weights / weights.mean(), 0.2, 3), dtype=torch.float32)


@torch.no_grad()
def evaluate(model, images, labels):
    """Intersection over union of each class, and the share of pixels that are right."""
    model.eval()
    confusion = np.zeros((CLASSES, CLASSES), np.int64)
    for start in range(0, len(images), 20):
        predicted = model(normalize(images[start : start + 20])).argmax(1).numpy()
        truth = labels[start : start + 20]
        pairs = truth.astype(np.int64) * CLASSES + predicted
        confusion += np.bincount(pairs.ravel(), minlength=CLASSES**2).reshape(CLASSES, CLASSES)
    model.train()
    right = np.diag(confusion)
    union = confusion.sum(0) + confusion.sum(1) - right
    return right / np.maximum(union, 1), right.sum() / confusion.sum()


def report(ious, accuracy):
    each = "  ".join(f"{name} {iou:.3f}" for name, iou in zip(CLASS_NAMES, ious))
    return f"mIoU {ious.mean():.4f}  pixels {accuracy:.4f}  {each}"


def export(model, path):
    """Writes ONNX beside the target and moves it there, so that no half file is ever seen."""
    model = model.eval().to(memory_format=torch.contiguous_format)
    part = path.with_suffix(".part")
    torch.onnx.export(
        model,
        torch.zeros(1, 3, HEIGHT, WIDTH),
        part,
        input_names=["image"],
        output_names=["logits"],
        opset_version=17,
        dynamo=False,
    )
    os.replace(part, path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", nargs="+", required=True)
    parser.add_argument("--unseen", required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--steps", type=int, default=3800)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-export", action="store_true")
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    files = [open_scenes(path) for path in options.scenes]
    unseen_images, unseen_labels = open_scenes(options.unseen)
    owner = np.concatenate([np.full(len(images), i) for i, (images, _) in enumerate(files)])
    within = np.concatenate([np.arange(len(images)) for images, _ in files])

    model = StreetNet().to(memory_format=torch.channels_last)
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(owner)} scenes")
    loss_of = nn.CrossEntropyLoss(class_weights(files[0][1]))
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
        chosen = rng.choice(len(owner), options.batch, replace=False)
        images = np.stack([files[owner[i]][0][within[i]] for i in chosen])
        labels = np.stack([files[owner[i]][1][within[i]] for i in chosen])
        flipped = rng.random(options.batch) < 0.5
        images[flipped] = images[flipped, :, ::-1]
        labels[flipped] = labels[flipped, :, ::-1]

        # Half-width products where the CPU has them: more than three times as fast here.
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(normalize(augment(images, rng)))
        loss = loss_of(logits.float(), torch.from_numpy(labels).long())
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
        if step % 600 == 0 or step == options.steps:
            few = slice(None) if step == options.steps else slice(100)
            print(report(*evaluate(model, unseen_images[few], unseen_labels[few])), flush=True)

    print(f"{time.time() - started:.0f} s in this run")
    if not options.no_export:
        export(model, pathlib.Path(__file__).parent / "model.onnx")


if __name__ == "__main__":
    main()
