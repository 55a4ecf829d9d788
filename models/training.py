"""What the training of both networks shares: building blocks, the loop, the export."""

import argparse
import collections
import math
import os
import pathlib
import time

import numpy as np
import onnx
import torch
from torch import nn


def stage(**modules):
    """Modules one after the other, by name: the names end up in the ONNX file."""
    return nn.Sequential(collections.OrderedDict(modules))


def convolution(inputs, outputs, stride=1, dilation=1):
    """A 3×3 convolution that keeps the size (or halves it), normalised, rectified."""
    return stage(
        conv=nn.Conv2d(inputs, outputs, 3, stride, dilation, dilation, bias=False),
        norm=nn.BatchNorm2d(outputs),
        relu=nn.ReLU(),
    )


def normalize(images, mean, std):
    """Bytes [n, h, w, 3] → [n, 3, h, w] around 0."""
    x = torch.from_numpy(images.astype(np.float32) / 255).permute(0, 3, 1, 2)
    x = (x - torch.tensor(mean).view(3, 1, 1)) / torch.tensor(std).view(3, 1, 1)
    return x.contiguous(memory_format=torch.channels_last)


def relight(images, rng):
    """Another light for each picture: gain, colour cast, offset."""
    count = len(images)
    gain = rng.uniform(0.75, 1.3, (count, 1, 1, 1)) * rng.uniform(0.9, 1.1, (count, 1, 1, 3))
    offset = rng.uniform(-18, 18, (count, 1, 1, 1))
    return np.clip(images * gain + offset, 0, 255)


def options_for(*, steps, batch):
    """The command line of a training script."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", nargs="+", required=True, help="raw files to learn from")
    parser.add_argument("--unseen", required=True, help="a raw file to measure on")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--steps", type=int, default=steps)
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def fit(model, options, *, next_batch, loss_of, describe):
    """AdamW with a warm-up and a cosine, from the last checkpoint on.

    next_batch(rng) gives inputs and targets, describe(model) a line about how good it is.
    """
    torch.set_num_threads(1)
    rng = np.random.default_rng(options.seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-3)
    warmup = 100

    def rate(step):
        if step < warmup:
            return (step + 1) / warmup
        return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (options.steps - warmup)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    parts = {"model": model, "optimizer": optimizer, "schedule": schedule}
    checkpoint = options.work / "checkpoint.pt"
    step = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        for name, part in parts.items():
            part.load_state_dict(saved[name])
        rng.bit_generator.state = saved["rng"]
        step = saved["step"]

    started = time.time()
    total = 0.0
    while step < options.steps:
        inputs, targets = next_batch(rng)
        # Half-width products where the CPU has them: more than twice as fast.
        with torch.autocast("cpu", torch.bfloat16):
            outputs = model(inputs)
        loss = loss_of(outputs.float(), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        total += loss.item()
        step += 1

        if step % 50 == 0:
            print(f"step {step}  loss {total / 50:.4f}  {time.time() - started:.0f} s", flush=True)
            total = 0.0
        if step % 200 == 0:
            state = {name: part.state_dict() for name, part in parts.items()}
            save(checkpoint, {**state, "rng": rng.bit_generator.state, "step": step})
        if step % 600 == 0 or step == options.steps:
            print(describe(model), flush=True)


def save(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save(value, part)
    os.replace(part, path)


def export(model, example, path):
    """Writes ONNX with names a reader understands, and puts it in place in one step."""
    part = path.with_suffix(".part")
    torch.onnx.export(
        model.eval().to(memory_format=torch.contiguous_format),
        example,
        part,
        input_names=["image"],
        output_names=["logits"],
        opset_version=17,
        dynamo=False,
    )
    network = onnx.load(part)
    rename(network.graph)
    onnx.checker.check_model(network, full_check=True)
    onnx.save(network, part)
    os.replace(part, path)


def rename(graph):
    """"/context/dilated8/relu/Relu_output_0" → "context/dilated8/relu"; weights after what they feed."""
    names = {}
    for node in graph.node:
        (output,) = node.output
        if output != "logits":
            scope, operator = output.removesuffix("_output_0").removeprefix("/").rpartition("/")[::2]
            is_module = operator in {"Conv", "Relu", "Gemm", "GlobalAveragePool"}
            names[output] = scope if is_module else f"{scope}/{operator}".removeprefix("/")
        if node.op_type in {"Conv", "Gemm"}:
            for role, value in zip(("weight", "bias"), node.input[1:]):
                names[value] = f"{names.get(output, output)}/{role}"

    assert len(set(names.values())) == len(names), "two values would share a name"
    for node in graph.node:
        node.input[:] = [names.get(value, value) for value in node.input]
        node.output[:] = [names.get(value, value) for value in node.output]
        node.name = node.output[0]
    for weight in graph.initializer:
        weight.name = names.get(weight.name, weight.name)
    del graph.value_info[:]
