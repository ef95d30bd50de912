using MesoClinic.Domain.Photos;

namespace MesoClinic.Application.Photos;

/// <summary>Copies the parts that make the picture: tables, frame, scans. Every APPn and every comment is left out, and whatever follows the end.</summary>
internal static class JpegCleaner
{
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;

    /// <summary>A picture in steps has about ten; thousands would keep a browser busy for minutes.</summary>
    private const int MostScans = 100;

    /// <param name="input">Behind the first two bytes.</param>
    public static async Task<PictureHead> CopyAsync(ByteReader input, Stream target, PhotoLimits limits)
    {
        await target.WriteAsync(new byte[] { 0xFF, 0xD8 }, input.Token);
        (int Width, int Height)? frame = null;
        var (orientation, scans) = (0, 0);
        var marker = await MarkerAsync(input);
        while (marker != End)
        {
            switch (marker)
            {
                case Scan:
                    if (frame is null || ++scans > MostScans)
                    {
                        throw PhotoRefused.Damaged();
                    }

                    await WriteAsync(target, marker, await SegmentAsync(input), input.Token);
                    marker = await CopyScanAsync(input, target);
                    continue;
                case 0xC0 or 0xC1 or 0xC2:
                    var head = await SegmentAsync(input);
                    frame = frame is null ? Frame(head, limits) : throw PhotoRefused.Damaged();
                    await WriteAsync(target, marker, head, input.Token);
                    break;
                case 0xC4 or 0xDB or 0xDD:
                    await WriteAsync(target, marker, await SegmentAsync(input), input.Token);
                    break;
                case (>= 0xE0 and <= 0xEF) or 0xFE:
                    var hidden = await SegmentAsync(input);
                    if (marker == 0xE1 && orientation == 0 && frame is null && hidden.AsSpan().StartsWith("Exif\0\0"u8))
                    {
                        orientation = ExifOrientation.Of(hidden.AsSpan(6));
                        await WriteAsync(target, marker, orientation == 1 ? null : [.. "Exif\0\0"u8, .. ExifOrientation.Tiff(orientation)], input.Token);
                    }

                    break;
                default:
                    throw PhotoRefused.Unusual();
            }

            marker = await MarkerAsync(input);
        }

        if (frame is not { } size || scans == 0)
        {
            throw PhotoRefused.Damaged();
        }

        await target.WriteAsync(new byte[] { 0xFF, End }, input.Token);
        return new PictureHead(PhotoFormat.Jpeg, size.Width, size.Height, Math.Max(1, orientation));
    }

    private static (int Width, int Height) Frame(byte[] head, PhotoLimits limits)
    {
        if (head.Length < 6 || head.Length != 6 + (3 * head[5]))
        {
            throw PhotoRefused.Damaged();
        }

        var (height, width) = ((head[1] << 8) | head[2], (head[3] << 8) | head[4]);
        PhotoCleaner.CheckSize(width, height, limits);
        return head[0] == 8 && head[5] is 1 or 3 ? (width, height) : throw PhotoRefused.Unusual();
    }

    private static async ValueTask<byte> MarkerAsync(ByteReader input)
    {
        var mark = await input.ByteAsync();
        if (mark != 0xFF)
        {
            throw PhotoRefused.Damaged();
        }

        while (mark == 0xFF)
        {
            mark = await input.ByteAsync();
        }

        return mark;
    }

    private static async ValueTask<byte[]> SegmentAsync(ByteReader input)
    {
        var length = await input.UInt16Async();
        return length >= 2 ? await input.BytesAsync(length - 2) : throw PhotoRefused.Damaged();
    }

    /// <returns>The marker that ends the scan.</returns>
    private static async ValueTask<byte> CopyScanAsync(ByteReader input, Stream target)
    {
        while (true)
        {
            var some = await input.PeekAsync();
            if (some.IsEmpty)
            {
                throw PhotoRefused.CutOff();
            }

            var plain = some.Span.IndexOf((byte)0xFF) is >= 0 and var found ? found : some.Length;
            await target.WriteAsync(some[..plain], input.Token);
            input.Use(plain);
            if (plain == some.Length)
            {
                continue;
            }

            // 00 stands for a byte FF of the picture, D0 to D7 restart its coding; both belong to the scan.
            var mark = await MarkerAsync(input);
            if (mark is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return mark;
            }

            await target.WriteAsync(new byte[] { 0xFF, mark }, input.Token);
        }
    }

    private static async ValueTask WriteAsync(Stream target, byte marker, byte[]? content, CancellationToken token)
    {
        if (content is not null)
        {
            var length = content.Length + 2;
            await target.WriteAsync(new byte[] { 0xFF, marker, (byte)(length >> 8), (byte)length }, token);
            await target.WriteAsync(content, token);
        }
    }
}
