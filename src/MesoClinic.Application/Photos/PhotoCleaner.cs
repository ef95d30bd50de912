using System.Globalization;
using MesoClinic.Domain.Photos;

namespace MesoClinic.Application.Photos;

/// <summary>What the headers of a picture say.</summary>
internal sealed record PictureHead(PhotoFormat Format, int Width, int Height, int Orientation);

/// <summary>Copies a picture without its hidden data: place, time, device, previews, comments, texts, colour profiles. The first bytes decide what it is, never its name.</summary>
internal static class PhotoCleaner
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="PhotoRefused">It is no picture that can be kept.</exception>
    public static async Task<PictureHead> CopyAsync(Stream source, Stream target, PhotoLimits limits, CancellationToken token)
    {
        var input = new ByteReader(source, limits.Bytes, token);
        var some = await input.PeekAsync();
        if (some.IsEmpty)
        {
            throw PhotoRefused.Empty();
        }

        var first = some.Span[0];
        return first switch
        {
            0xFF when await StartsAsync(input, [0xFF, 0xD8]) => await JpegCleaner.CopyAsync(input, target, limits),
            0x89 when await StartsAsync(input, Png) => await PngCleaner.CopyAsync(input, target, limits),
            _ => throw PhotoRefused.NoPhoto(),
        };
    }

    public static void CheckSize(long width, long height, PhotoLimits limits)
    {
        if (width is 0 || height is 0)
        {
            throw PhotoRefused.Damaged();
        }

        if (width > limits.Side || height > limits.Side || width * height > limits.Pixels)
        {
            throw new PhotoRefused(string.Create(CultureInfo.InvariantCulture,
                $"The photo has {width:#,##0} × {height:#,##0} pixels; up to {limits.Side:#,##0} on a side and {limits.Pixels / 1_000_000} megapixels can be kept. Take it with a lower resolution."));
        }
    }

    /// <summary>Too short for its own first bytes: another thing that was given the name of a photo.</summary>
    private static async Task<bool> StartsAsync(ByteReader input, byte[] signature)
    {
        try
        {
            return (await input.BytesAsync(signature.Length)).AsSpan().SequenceEqual(signature);
        }
        catch (PhotoRefused)
        {
            return false;
        }
    }
}
