"""The device this machine encodes on best, and what a failure of it looks like. Imports torch."""

from __future__ import annotations

import contextlib
import ctypes
import platform
import sys

import torch

from core.embedding import int8


def best() -> torch.device:
    """CUDA (also ROCm), then Apple's MPS, then Intel's XPU, then the processor."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    if torch.xpu.is_available():
        return torch.device("xpu")
    return torch.device("cpu")


def full_name(device: torch.device) -> str:
    """The device with its make and torch's version: a plan holds only for the same one."""
    make = platform.machine()
    if device.type == "cuda":
        make = torch.cuda.get_device_name(device)
    elif device.type == "xpu":
        make = str(torch.xpu.get_device_name(device))
    return f"{device} {make} torch {torch.__version__}"


def dtypes(device: torch.device) -> tuple[torch.dtype, ...]:
    """The number formats worth trying on a device, the exact one first."""
    if device.type == "cuda" and not torch.cuda.is_bf16_supported(including_emulation=False):
        return torch.float32, torch.float16
    if device.type == "mps":
        return torch.float32, torch.float16
    if device.type == "cpu" and int8.works_here():
        return torch.float32, torch.bfloat16, torch.int8
    return torch.float32, torch.bfloat16


def synchronize(device: torch.device) -> None:
    """Wait until the device has done what it was told."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
    elif device.type == "xpu":
        torch.xpu.synchronize(device)


def empty_cache(device: torch.device) -> None:
    """Give memory that torch and the C library keep for later back to the system."""
    if sys.platform == "linux":
        with contextlib.suppress(
            OSError, AttributeError
        ):  # glibc keeps freed weights otherwise; others have no such call
            ctypes.CDLL(None).malloc_trim(0)
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()
    elif device.type == "xpu":
        torch.xpu.empty_cache()


def is_out_of_memory(error: BaseException) -> bool:
    """Whether torch, on any device, failed for lack of memory."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and ("out of memory" in text or "can't allocate memory" in text)
