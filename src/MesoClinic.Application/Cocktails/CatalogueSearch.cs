namespace MesoClinic.Application.Cocktails;

/// <summary>How names of products are searched on either engine: any part, whatever the case.</summary>
internal static class CatalogueSearch
{
    public const string Escape = "\\";

    public static string Like(string text) => $"%{text.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal).Replace("[", Escape + "[", StringComparison.Ordinal)}%";
}
