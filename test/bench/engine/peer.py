"""Explains pixels with PyTorch, the optimised way: the trunk runs once without a graph, the head keeps one, and each
pixel costs one backward pass to the layer, or several pixels one of all together. Reads a network, and answers the
name of the device; then reads one request a line ("forward", [class, x, y], or a list of those), and answers
milliseconds.

    peer.py [gpu]    # on CUDA where there is a GPU, and on the CPU otherwise
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

device = torch.device("cuda" if sys.argv[1:] == ["gpu"] and torch.cuda.is_available() else "cpu")
# As exactly as ours.
torch.backends.cudnn.allow_tf32 = False
torch.backends.cuda.matmul.allow_tf32 = False

network = json.loads(sys.stdin.readline())
generator = torch.Generator().manual_seed(1)
constants = {
    name: (torch.rand(shape, generator=generator) * 0.04 - 0.02).to(device)
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


def finish():
    if device.type == "cuda":
        torch.cuda.synchronize()


def milliseconds(work):
    finish()
    start = time.perf_counter()
    result = work()
    finish()
    return (time.perf_counter() - start) * 1000, result


nodes, layer = network["nodes"], network["layer"]
position = next(at for at, node in enumerate(nodes) if node["output"] == layer)
image = (torch.rand(network["input"], generator=generator) * 2 - 1).to(device)


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


def grad_cams(values, pixels):
    labels, xs, ys = zip(*pixels)
    (gradients,) = torch.autograd.grad(
        values[network["logits"]][0, labels, ys, xs],
        values[layer],
        torch.eye(len(pixels), device=device),
        retain_graph=True,
        is_grads_batched=True,
    )
    weights = gradients.mean((3, 4))
    return F.relu(torch.einsum("pnk,nkhw->pnhw", weights, values[layer].detach()))


print(torch.cuda.get_device_name() if device.type == "cuda" else "CPU", flush=True)
values = None
for line in sys.stdin:
    request = json.loads(line)
    if request == "forward":
        took, values = milliseconds(forward)
    elif isinstance(request[0], list):
        took, _ = milliseconds(lambda: grad_cams(values, request))
    else:
        took, _ = milliseconds(lambda: grad_cam(values, *request))
    print(took, flush=True)
