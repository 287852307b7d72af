"""The open_clip encoders Recollect offers to fetch, with sizes and licences. Data only.

Left out on purpose, because their weights are for research or non-commercial use only: MobileCLIP, DFN, MetaCLIP
and NLLB-CLIP. Recall figures are text->image recall@1 on COCO as published with open_clip.
"""

from __future__ import annotations

from core.embedding.spec import EncoderSpec

KNOWN = (
    EncoderSpec(
        name="ViT-B-32-SigLIP2-256/webli",
        title="SigLIP 2 B/32",
        license="Apache-2.0",
        languages="more than 100 languages",
        size_mb=1507,
        dimension=768,
        description="Fast and good on an ordinary processor. COCO recall@1 47 %.",
        recommended_for="cpu",
        hub_repository="timm/ViT-B-32-SigLIP2-256",
    ),
    EncoderSpec(
        name="ViT-B-16-SigLIP2-384/webli",
        title="SigLIP 2 B/16, 384 px",
        license="Apache-2.0",
        languages="more than 100 languages",
        size_mb=1501,
        dimension=768,
        description="Sees finer detail; wants a graphics card. COCO recall@1 55 %.",
        recommended_for="gpu",
        hub_repository="timm/ViT-B-16-SigLIP2-384",
    ),
    EncoderSpec(
        name="ViT-B-32-256/datacomp_s34b_b86k",
        title="DataComp B/32",
        license="MIT",
        languages="English",
        size_mb=605,
        dimension=512,
        description="The small one: less to fetch, English only. COCO recall@1 40 %.",
        recommended_for=None,
        hub_repository="laion/CLIP-ViT-B-32-256x256-DataComp-s34B-b86K",
    ),
    EncoderSpec(
        name="ViT-SO400M-16-SigLIP2-384/webli",
        title="SigLIP 2 SO400M, 384 px",
        license="Apache-2.0",
        languages="more than 100 languages",
        size_mb=4544,
        dimension=1152,
        description="The best in many languages; needs a strong graphics card. COCO recall@1 56 %.",
        recommended_for=None,
        hub_repository="timm/ViT-SO400M-16-SigLIP2-384",
    ),
    EncoderSpec(
        name="PE-Core-L-14-336/meta",
        title="Perception Encoder L/14",
        license="Apache-2.0",
        languages="English",
        size_mb=2685,
        dimension=1024,
        description="The best in English; needs a strong graphics card. COCO recall@1 57 %.",
        recommended_for=None,
        hub_repository="timm/PE-Core-L-14-336",
    ),
    EncoderSpec(
        name="ViT-B-32/openai",
        title="OpenAI CLIP B/32",
        license="MIT",
        languages="English",
        size_mb=605,
        dimension=512,
        description="The classic of 2021, for comparison. COCO recall@1 30 %.",
        recommended_for=None,
        hub_repository="timm/vit_base_patch32_clip_224.openai",
    ),
    EncoderSpec(
        name="RN50/openai",
        title="OpenAI CLIP ResNet-50",
        license="MIT",
        languages="English",
        size_mb=408,
        dimension=1024,
        description="The smallest classic, a convolutional one.",
        recommended_for=None,
        hub_repository="timm/resnet50_clip.openai",
    ),
)
