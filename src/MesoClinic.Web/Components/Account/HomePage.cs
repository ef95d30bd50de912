using System.Security.Claims;
using MesoClinic.Data.Accounts;

namespace MesoClinic.Web.Components.Account;

/// <summary>The page that a person's day begins with.</summary>
internal static class HomePage
{
    public static string Of(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated != true ? "/account/login"
        : user.IsInRole(ClinicRoles.Cosmetologist) ? "/today"
        : user.IsInRole(ClinicRoles.Manager) ? "/complications"
        : user.IsInRole(ClinicRoles.Patient) ? "/me"
        : "/account/denied";
}
