using FluentValidation;
using MesoClinic.Domain;

namespace MesoClinic.Application.Staff;

/// <summary>Shapes that several forms of this feature share.</summary>
internal static class StaffRules
{
    public static void PersonName<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Enter the name.")
        .MaximumLength(Limits.Name).WithMessage($"Use at most {Limits.Name} characters.");

    public static void AccountEmail<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Enter the email: it is what the person signs in with.")
        .MaximumLength(Limits.Email).WithMessage($"Use at most {Limits.Email} characters.")
        .EmailAddress().WithMessage("This is not an email address; it looks like name@clinic.example.")
        .Must(email => email is null || !email.Any(char.IsWhiteSpace) || email.Trim() == email.Replace(" ", "", StringComparison.Ordinal)).WithMessage("An email address has no spaces.");

    public static void ClinicName<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Enter the clinic's name as patients know it.")
        .MaximumLength(Limits.Name).WithMessage($"Use at most {Limits.Name} characters.");

    public static void ClinicPhone<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Enter the number that patients call.")
        .MaximumLength(Limits.Phone).WithMessage($"Use at most {Limits.Phone} characters.")
        .Matches(@"^\s*\+?[0-9 ()/\-]{3,}\s*$").WithMessage("Write the number with figures, spaces, brackets or dashes, such as 020 7946 0142.");

    public static void EmergencyNumber<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Enter the number for emergencies in your country, such as 112.")
        .Matches(@"^\s*\+?[0-9 ]{2,15}\s*$").WithMessage("Write it with figures only, such as 112.");

    public static void TimeZone<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Enter the clinic's time zone, such as Europe/London.")
        .Must(IsIana).WithMessage("This time zone is not known. It is written as Region/City, such as Europe/London or Asia/Ho_Chi_Minh.");

    private static bool IsIana(string? id) =>
        string.IsNullOrWhiteSpace(id) || (TimeZoneInfo.TryFindSystemTimeZoneById(id.Trim(), out var zone) && zone.HasIanaId);
}
