namespace MesoClinic.Web.Components.Account;

/// <summary>Where a person goes after signing in. Only a path of this portal: an address that leads elsewhere would lend the clinic's name to a stranger's page.</summary>
internal static class ReturnUrl
{
    public static string Safe(string? url)
    {
        if (string.IsNullOrEmpty(url) || url[0] != '/')
        {
            return "/";
        }

        var plain = Uri.UnescapeDataString(url);
        var leadsAway = plain.Contains('\\', StringComparison.Ordinal) || plain.StartsWith("//", StringComparison.Ordinal) || plain.Any(char.IsControl);
        return leadsAway || plain.StartsWith("/account/", StringComparison.OrdinalIgnoreCase) ? "/" : url;
    }
}
