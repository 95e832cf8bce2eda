"""Features of photographs by ResNet-18 in PyTorch, as a careful user would: from JPEG files, torchvision's transforms, eager, no gradients.

Prints one line of JSON: peer, version, imagesPerSecond, pictures, batchSize, workers, threads, checksum.
Timed is everything from the files to the features of the last photograph; a warm-up over some of them is not.
The weights are drawn, as time does not depend on them.
"""

import argparse
import json
import os
import pathlib
import time

import torch
import torchvision
from PIL import Image
from torchvision import transforms


class Photographs(torch.utils.data.Dataset):
    def __init__(self, files):
        self.files = files
        self.prepare = transforms.Compose(
            [
                transforms.Resize(256),
                transforms.CenterCrop(224),
                transforms.ToTensor(),
                transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
            ]
        )

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        return self.prepare(Image.open(self.files[index]).convert("RGB"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("FOVEA_DATA", "../shared/data"))
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=int, default=64)
    parser.add_argument("--name", default="pytorch")
    parser.add_argument("--channels-last", action="store_true")
    settings = parser.parse_args()

    torch.set_num_threads(settings.threads)
    torch.manual_seed(1)
    network = torchvision.models.resnet18().eval()
    network.fc = torch.nn.Identity()
    layout = torch.channels_last if settings.channels_last else torch.contiguous_format
    network = network.to(memory_format=layout)
    files = sorted((settings.data / "cats-dogs").glob("*/*/*.jpg"))

    def features(chosen):
        loader = torch.utils.data.DataLoader(
            Photographs(chosen), batch_size=settings.batch, num_workers=settings.workers
        )
        with torch.inference_mode():
            return torch.cat([network(batch.contiguous(memory_format=layout)) for batch in loader])

    features(files[: settings.warm_up])
    start = time.perf_counter()
    found = features(files)
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "peer": settings.name,
                "version": torch.__version__,
                "imagesPerSecond": len(files) / seconds,
                "pictures": len(files),
                "batchSize": settings.batch,
                "workers": settings.workers,
                "threads": settings.threads,
                "checksum": float(found.double().sum()),
            }
        )
    )


if __name__ == "__main__":
    main()
