using MesoClinic.Domain.Photos;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Photos;

internal static class PhotoWords
{
    public static readonly IReadOnlyList<Choice> Views = [.. PhotoViews.All.Select(view => new Choice(view, View(view)))];
    public static readonly IReadOnlyList<Choice> Moments = [new(nameof(PhotoMoment.Before), "Before"), new(nameof(PhotoMoment.After), "After")];

    public static string View(string view) => view switch
    {
        "face-front" => "Face, front",
        "face-left" => "Face, left",
        "face-right" => "Face, right",
        "neck-decollete" => "Neck and décolleté",
        "hands" => "Hands",
        "scalp-top" => "Scalp",
        "body-front" => "Body, front",
        "body-back" => "Body, back",
        _ => view,
    };

    public static string Word(this PhotoMoment moment) => moment == PhotoMoment.Before ? "Before" : "After";

    /// <summary>The drawn outline that shows how to stand.</summary>
    public static string Guide(string view) => $"bodymap/{view}.svg";
}
