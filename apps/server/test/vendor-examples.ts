/** A request as a vendor's page shows it, and the fields of the answer that the page documents. */
export interface Example {
  readonly name: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the answer to this call, in the order of the page. */
  readonly fields: readonly string[];
  /** Where its status is asked, up to the id; null where the answer is all. */
  readonly statusPath: string | null;
  readonly statusFields: readonly string[];
}

interface Places {
  /** Stands in for https://example.com. */
  readonly pictures: string;
  /** Two saved models, for the two whose ids the page shows. */
  readonly models: readonly [string, string];
  /** An own output of an earlier call, for the one whose address the page shows. */
  readonly output: string;
  /** A selfie as base64. */
  readonly selfie: string;
}

/** Every curl example of the pages, host replaced, and one request for each endpoint that has none. */
export function vendorExamples({ pictures, models, output, selfie }: Places): readonly Example[] {
  const now = { statusPath: null, statusFields: [] };
  const editorial = '/api/fashion-editorial';
  const picture = ['imageUrl', 'creditsRemaining'];
  const generated = [...picture, 'prompt', 'fallbackUsed'];
  const run = { fields: ['id', 'error'] };
  const status = ['id', 'status', 'output', 'error'];
  const fashn = { ...run, path: '/v1/run', statusPath: '/v1/status/', statusFields: status };
  return [
    {
      name: 'Auto Toon: a saved model',
      path: `${editorial}/generate`,
      body: {
        modelId: models[0],
        clothingImageUrls: [`${pictures}/images/red-dress.jpg`],
        styleData: { style: 'editorial-vogue' },
        backgroundData: { background: 'studio-white' },
      },
      fields: generated,
      ...now,
    },
    {
      name: 'Auto Toon: an inline model with direction',
      path: `${editorial}/generate`,
      body: {
        models: [
          {
            modelId: 'clx9abc123def456',
            clothingImageUrls: [`${pictures}/images/blazer.jpg`, `${pictures}/images/trousers.jpg`],
            imageUrl: `${pictures}/model-reference.jpg`,
          },
        ],
        aiModel: 'bytedance/seedream-4.5',
        makeupAnalysis: 'natural glam, dewy skin, bold red lip',
        hairstyleAnalysis: 'loose waves, side part',
        promptModifier: 'Cinematic lighting, shot on medium format, shallow depth of field',
        brandAnalysis: 'High-end luxury brand with minimalist aesthetic',
      },
      fields: generated,
      ...now,
    },
    {
      name: 'Auto Toon: a street-style look',
      path: `${editorial}/generate`,
      body: {
        modelId: models[1],
        clothingImageUrls: [
          `${pictures}/images/oversized-jacket.jpg`,
          `${pictures}/images/sneakers.jpg`,
        ],
        styleData: { style: 'street-style' },
        backgroundData: { background: 'urban-city' },
        aiModel: 'gemini-3.1-flash-image-preview',
      },
      fields: generated,
      ...now,
    },
    {
      name: 'Auto Toon: a surreal product hero',
      path: `${editorial}/variations`,
      body: {
        baseImageUrl: output,
        styleData: { style: 'surreal-product-hero' },
        aspectRatio: '1:1',
        clothingImageUrls: [`${pictures}/images/tan-oxford.jpg`],
      },
      fields: ['success', 'variations'],
      ...now,
    },
    {
      name: 'Auto Toon: relight',
      path: `${editorial}/relight`,
      body: { baseImageUrl: output, lighting: 'golden-hour', lightColor: '#FF9500' },
      fields: picture,
      ...now,
    },
    {
      name: 'Auto Toon: upscale',
      path: `${editorial}/upscale`,
      body: { imageUrl: output },
      fields: picture,
      ...now,
    },
    {
      name: 'Auto Toon: video',
      path: `${editorial}/video/generate`,
      body: { imageUrl: output },
      fields: ['id', 'status'],
      statusPath: `${editorial}/video/status/`,
      statusFields: ['id', 'status', 'videoUrl', 'createdAt'],
    },
    {
      name: 'VistoureAI: try-on',
      path: '/api/v2/tryon/run',
      body: {
        category: 'top',
        model_image: `${pictures}/model.jpg`,
        garment_image: `${pictures}/item.jpg`,
        seed: 42,
        model_name: 'Beta',
      },
      ...run,
      statusPath: '/api/v2/tryon/status/',
      statusFields: [...status, 'input', 'model_name'],
    },
    {
      name: 'VistoureAI: try-on pro',
      path: '/api/v2/tryon/pro/run',
      body: {
        category: 'top',
        model_image: `${pictures}/model.jpg`,
        garment_image: `${pictures}/item.jpg`,
        model_name: 'Pro Fit',
        garment_size: 'M',
        aspect_ratio: '3:4',
      },
      ...run,
      statusPath: '/api/v2/tryon/pro/status/',
      statusFields: [...status, 'model_name'],
    },
    {
      name: 'VistoureAI: virtual model',
      path: '/api/v2/virtualmodel/run',
      body: {
        model_name: 'Standard',
        ethnicity: 'Caucasian',
        gender: 'Female',
        age: 'Adult',
        dresstype: 'Casual streetwear',
        background: 'Urban city street',
        num_outputs: 1,
      },
      ...run,
      statusPath: '/api/v2/virtualmodel/status/',
      statusFields: status,
    },
    {
      name: 'VistoureAI: fabric change',
      path: '/api/v2/fabric/run',
      body: {
        category: 'dress',
        model_image: `${pictures}/base.jpg`,
        fabric_image: `${pictures}/velvet.jpg`,
        upscale: false,
      },
      ...run,
      statusPath: '/api/v2/fabric/status/',
      statusFields: status,
    },
    {
      name: 'VistoureAI: sketch to dress',
      path: '/api/v2/sketchtodress/run',
      body: {
        image: `${pictures}/sketch.jpg`,
        gender: 'female',
        mode: 'draw',
        improve_prompt: 'Red satin cocktail dress with shiny reflection',
      },
      ...run,
      statusPath: '/api/v2/sketchtodress/status/',
      statusFields: status,
    },
    {
      name: 'selfie: described clothing',
      path: '/generate_image',
      body: {
        selfie_base64: selfie,
        clothing_description: 'Black leather jacket with white t-shirt underneath',
        mode: 'studio',
      },
      fields: ['image_base64', 'mime_type'],
      ...now,
    },
    {
      name: 'selfie: with a reference picture',
      path: '/generate_image',
      body: {
        selfie_base64: selfie,
        clothing_description: 'Oversized denim jacket',
        clothing_image_url: `${pictures}/jacket.jpg`,
        mode: 'environment',
      },
      fields: ['image_base64', 'mime_type'],
      ...now,
    },
    {
      name: 'FASHN: product to model',
      body: {
        model_name: 'product-to-model',
        inputs: {
          product_image: `${pictures}/path/to/product.jpg`,
          model_image: `${pictures}/path/to/person.jpg`,
          prompt: 'professional office setting',
          output_format: 'png',
          return_base64: false,
        },
      },
      ...fashn,
    },
    {
      name: 'FASHN: edit',
      body: {
        model_name: 'edit',
        inputs: {
          image: `${pictures}/model.jpg`,
          prompt:
            'turn the model slightly to the left, add a black leather crossbody bag, soft daylight studio lighting',
        },
      },
      ...fashn,
    },
  ];
}

/** The keys of an answer, in its order. */
export const keysOf = (json: unknown): string[] =>
  typeof json === 'object' && json !== null ? Object.keys(json) : [];
