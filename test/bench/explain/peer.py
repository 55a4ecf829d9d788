"""Times Grad-CAM the way pytorch-grad-cam does it: for every class a forward and a full backward pass.

    python3 peer.py NETWORK METHOD

explains an image for each line it reads, and answers with the seconds that took. The networks are those of classifiers.ts, with random weights.
"""
import sys
import time

import torch
from torch import nn


def conv(i, o, k=1, s=1, g=1):
    return nn.Conv2d(i, o, k, s, (k - 1) // 2, groups=g)


class Residual(nn.Module):
    def __init__(self, body, skip, last):
        super().__init__()
        self.body, self.skip, self.last = body, skip, last

    def forward(self, x):
        return self.last(self.body(x) + self.skip(x))


def resnet50():
    parts = [conv(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
    channels = 64
    for stage, blocks in enumerate([3, 4, 6, 3]):
        width = 64 * 2**stage
        for block in range(blocks):
            s = 2 if block == 0 and stage > 0 else 1
            body = nn.Sequential(
                conv(channels, width), nn.ReLU(), conv(width, width, 3, s),
                nn.ReLU(), conv(width, 4 * width))
            skip = conv(channels, 4 * width, 1, s) if block == 0 else nn.Identity()
            parts.append(Residual(body, skip, nn.ReLU()))
            channels = 4 * width
    return nn.Sequential(*parts), nn.Linear(channels, 1000)


def vgg16():
    parts, channels = [], 3
    for out, count in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        for _ in range(count):
            parts += [conv(channels, out, 3), nn.ReLU()]
            channels = out
        parts.append(nn.MaxPool2d(2))
    head = nn.Sequential(nn.Linear(512, 4096), nn.ReLU(),
                         nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000))
    return nn.Sequential(*parts), head


def mobilenetv2():
    parts, channels = [conv(3, 32, 3, 2), nn.ReLU()], 32
    table = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2),
             (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
    for expansion, out, count, first in table:
        for block in range(count):
            s = first if block == 0 else 1
            wide = channels * expansion
            body = [] if expansion == 1 else [conv(channels, wide), nn.ReLU()]
            body = nn.Sequential(*body, conv(wide, wide, 3, s, wide), nn.ReLU(), conv(wide, out))
            same = s == 1 and channels == out
            parts.append(Residual(body, nn.Identity(), nn.Identity()) if same else body)
            channels = out
    return nn.Sequential(*parts, conv(channels, 1280), nn.ReLU()), nn.Linear(1280, 1000)


class GuidedReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * (x > 0) * (g > 0)


class Guided(nn.Module):
    def forward(self, x):
        return GuidedReLU.apply(x)


def replace_relu(module):
    for name, child in module.named_children():
        if isinstance(child, nn.ReLU):
            setattr(module, name, Guided())
        else:
            replace_relu(child)


name, method = sys.argv[1:]
torch.manual_seed(0)
# Random weights make numbers so small that a processor slows down.
torch.set_flush_denormal(True)
features, head = {"resnet50": resnet50, "vgg16": vgg16, "mobilenetv2": mobilenetv2}[name]()
guided, guided_head = {"resnet50": resnet50, "vgg16": vgg16, "mobilenetv2": mobilenetv2}[name]()
if method == "guided-grad-cam":
    replace_relu(guided)
    replace_relu(guided_head)


def grad_cam(image, target):
    layer = features(image)
    layer.retain_grad()
    scores = head(layer.mean((2, 3)))
    index = scores[0].argsort(descending=True)[target]
    features.zero_grad()
    head.zero_grad()
    scores[0, index].backward()
    weights = layer.grad.mean((2, 3), keepdim=True)
    return torch.relu((weights * layer).sum(1)).detach()


def explain(image):
    for target in (0, 1, 2, 999):
        cam = grad_cam(image, target)
        if method == "guided-grad-cam":
            leaf = image.clone().requires_grad_()
            scores = guided_head(guided(leaf).mean((2, 3)))
            scores[0, scores[0].argsort(descending=True)[target]].backward()
            nn.functional.interpolate(cam[None], (224, 224), mode="bilinear") * leaf.grad


def seconds():
    image = torch.randn(1, 3, 224, 224)
    start = time.perf_counter()
    explain(image)
    return time.perf_counter() - start


# Threads that wait for each other are slow where other programs want the cores: the peer takes what is best here.
threads = {}
for count in {1, torch.get_num_threads()}:
    torch.set_num_threads(count)
    seconds()
    threads[count] = seconds()
torch.set_num_threads(min(threads, key=threads.get))

print("ready", flush=True)
for _ in sys.stdin:
    print(seconds(), flush=True)
