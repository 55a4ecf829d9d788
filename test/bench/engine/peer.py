"""Explains pixels with PyTorch, the optimised way: the trunk runs once without a graph, the head keeps one, and each
pixel costs one backward pass to the layer. Reads a network and then one pixel a line on stdin, answers milliseconds."""

import json
import sys
import time

import torch
import torch.nn.functional as F

network = json.loads(sys.stdin.readline())
generator = torch.Generator().manual_seed(1)
constants = {
    name: torch.rand(shape, generator=generator) * 0.04 - 0.02
    for name, shape in network["weights"].items()
}


def conv(node, x, weight, bias):
    a = node["attributes"]
    return F.conv2d(x, weight, bias, a["strides"], a["pads"][:2], a["dilations"], a["group"])


operators = {
    "Conv": conv,
    "Relu": lambda node, x: F.relu(x),
    "HardSwish": lambda node, x: F.hardswish(x),
    "HardSigmoid": lambda node, x: F.hardsigmoid(x),
    "Sigmoid": lambda node, x: torch.sigmoid(x),
    "Add": lambda node, a, b: a + b,
    "Mul": lambda node, a, b: a * b,
    "Concat": lambda node, *values: torch.cat(values, 1),
    "GlobalAveragePool": lambda node, x: x.mean((2, 3), keepdim=True),
    "MaxPool": lambda node, x: F.max_pool2d(x, 3, 2, 1),
    "Resize": lambda node, x: F.interpolate(x, node["size"], mode="bilinear", align_corners=False),
}


def run(nodes, values):
    for node in nodes:
        inputs = [values[name] if name in values else constants[name] for name in node["inputs"] if name]
        values[node["output"]] = operators[node["opType"]](node, *inputs)


def milliseconds(work):
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result


nodes, layer = network["nodes"], network["layer"]
position = next(at for at, node in enumerate(nodes) if node["output"] == layer)
image = torch.rand(network["input"], generator=generator) * 2 - 1


def forward():
    values = {"image": image}
    with torch.no_grad():
        run(nodes[: position + 1], values)
    values[layer].requires_grad_()
    run(nodes[position + 1 :], values)
    return values


def grad_cam(values, label, x, y):
    (gradient,) = torch.autograd.grad(
        values[network["logits"]][0, label, y, x], values[layer], retain_graph=True
    )
    weights = gradient.mean((2, 3))
    return F.relu(torch.einsum("nk,nkhw->hw", weights, values[layer].detach()))


values = None
for line in sys.stdin:
    request = json.loads(line)
    if request == "forward":
        took, values = milliseconds(forward)
    else:
        took, _ = milliseconds(lambda: grad_cam(values, *request))
    print(took, flush=True)
