namespace MesoClinic.Application.Photos;

/// <summary>Leaves the depths of a parser with a sentence for whoever chose the file; never leaves <see cref="PhotoStore"/>.</summary>
internal sealed class PhotoRefused(string message) : Exception(message)
{
    public static PhotoRefused Empty() => new("The file is empty. Choose the photo again.");

    public static PhotoRefused NoPhoto() => new("This is no JPEG or PNG photo, whatever its name says. Take the photo again, or save it as JPEG.");

    public static PhotoRefused CutOff() => new("The photo is cut off: it was not copied completely. Choose it again.");

    public static PhotoRefused Damaged() => new("The photo is damaged and cannot be shown. Take it again, or open and save it as JPEG.");

    public static PhotoRefused Unusual() => new("This kind of JPEG cannot be shown everywhere. Open and save it as an ordinary colour JPEG.");
}
