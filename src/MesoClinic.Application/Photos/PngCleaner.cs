using System.Buffers.Binary;
using System.Text;
using MesoClinic.Domain.Photos;

namespace MesoClinic.Application.Photos;

/// <summary>Copies the chunks that make the picture, each with its checksum checked. Texts, times, profiles, animations and whatever follows the end are left out.</summary>
internal static class PngCleaner
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly string[] Kept = ["IHDR", "PLTE", "IDAT", "IEND"];

    /// <summary>How the colours are meant, with the least and the most bytes that say so. Each counts once, before the picture; what is longer, comes again or later is left out like a text.</summary>
    private static readonly Dictionary<string, (int Least, int Most)> Colours = new(StringComparer.Ordinal) { ["gAMA"] = (4, 4), ["sRGB"] = (1, 1), ["tRNS"] = (1, 256) };
    private const int LargestPalette = 3 * 256;

    /// <summary>How the camera was held is read from the first bytes; everything else that is hidden is passed over, however large it says it is.</summary>
    private const int LargestExif = 64 * 1024;
    private static readonly uint[] Table = MakeTable();

    /// <param name="input">Behind the signature.</param>
    public static async Task<PictureHead> CopyAsync(ByteReader input, Stream target, PhotoLimits limits)
    {
        await target.WriteAsync(Signature, input.Token);
        (int Width, int Height)? frame = null;
        var (orientation, pictured, seen) = (1, false, new HashSet<string>(StringComparer.Ordinal));
        while (true)
        {
            var head = await input.BytesAsync(8);
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = Encoding.Latin1.GetString(head, 4, 4);
            if (length > int.MaxValue || (frame is null) != (type == "IHDR") || (type == "IHDR" && length != 13) || (type == "IEND" && (length != 0 || !pictured))
                || (type == "PLTE" && (length is 0 or > LargestPalette || length % 3 != 0 || pictured || !seen.Add(type))))
            {
                throw PhotoRefused.Damaged();
            }

            if (Array.IndexOf(Kept, type) < 0 && !(Colours.TryGetValue(type, out var size) && length >= size.Least && length <= size.Most && !pictured && seen.Add(type)))
            {
                // A large first letter says that the picture cannot be shown without this chunk.
                var hidden = !char.IsAsciiLetterLower(type[0]) ? throw PhotoRefused.Damaged() : type == "eXIf" && length <= LargestExif ? await input.BytesAsync((int)length) : await PassOverAsync(input, (int)length);
                await input.BytesAsync(4);
                if (type == "eXIf" && !pictured && orientation == 1 && ExifOrientation.Of(hidden) is > 1 and var turned)
                {
                    orientation = turned;
                    await WriteAsync(target, "eXIf"u8.ToArray(), ExifOrientation.Tiff(turned), input.Token);
                }

                continue;
            }

            var content = await CopyAsync(input, target, head, (int)length, limits);
            frame ??= (content.Width, content.Height);
            pictured |= type == "IDAT";
            if (type == "IEND")
            {
                return new PictureHead(PhotoFormat.Png, frame.Value.Width, frame.Value.Height, orientation);
            }
        }
    }

    private static async Task<byte[]> PassOverAsync(ByteReader input, int length)
    {
        for (var left = length; left > 0;)
        {
            var some = await input.PeekAsync();
            if (some.IsEmpty)
            {
                throw PhotoRefused.CutOff();
            }

            var part = Math.Min(left, some.Length);
            input.Use(part);
            left -= part;
        }

        return [];
    }

    /// <summary>Copies a chunk piece by piece; the size is looked at before a byte of the first one is written.</summary>
    private static async Task<(int Width, int Height)> CopyAsync(ByteReader input, Stream target, byte[] head, int length, PhotoLimits limits)
    {
        var crc = Crc(0xFFFFFFFF, head.AsSpan(4));
        var size = (Width: 0, Height: 0);
        if (head.AsSpan(4).SequenceEqual("IHDR"u8))
        {
            var frame = await input.BytesAsync(length);
            size = Frame(frame, limits);
            crc = Crc(crc, frame);
            await target.WriteAsync(head, input.Token);
            await target.WriteAsync(frame, input.Token);
        }
        else
        {
            await target.WriteAsync(head, input.Token);
            for (var left = length; left > 0;)
            {
                var some = await input.PeekAsync();
                if (some.IsEmpty)
                {
                    throw PhotoRefused.CutOff();
                }

                var part = some[..Math.Min(left, some.Length)];
                crc = Crc(crc, part.Span);
                await target.WriteAsync(part, input.Token);
                input.Use(part.Length);
                left -= part.Length;
            }
        }

        var sum = await input.BytesAsync(4);
        if (BinaryPrimitives.ReadUInt32BigEndian(sum) != ~crc)
        {
            throw PhotoRefused.Damaged();
        }

        await target.WriteAsync(sum, input.Token);
        return size;
    }

    private static (int Width, int Height) Frame(byte[] frame, PhotoLimits limits)
    {
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(frame), BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)));
        PhotoCleaner.CheckSize(width, height, limits);
        return frame[8] is 1 or 2 or 4 or 8 or 16 && frame[9] is 0 or 2 or 3 or 4 or 6 && frame[10] == 0 && frame[11] == 0 && frame[12] <= 1
            ? ((int)width, (int)height)
            : throw PhotoRefused.Damaged();
    }

    private static async Task WriteAsync(Stream target, byte[] type, byte[] content, CancellationToken token)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk, 4);
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), ~Crc(0xFFFFFFFF, chunk.AsSpan(4, content.Length + 4)));
        await target.WriteAsync(chunk, token);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++)
            {
                c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
