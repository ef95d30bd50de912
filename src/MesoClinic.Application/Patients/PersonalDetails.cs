using FluentValidation;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Patients;

/// <summary>How to reach a person.</summary>
public interface IContactData
{
    string? Phone { get; }
    string? Email { get; }
}

/// <summary>Who a person is and how to reach them: what registering and correcting share.</summary>
public interface IPersonalDetails : IContactData
{
    string GivenName { get; }
    string FamilyName { get; }
    DateOnly? BirthDate { get; }
    Sex Sex { get; }
    string Language { get; }
    bool MayBeContacted { get; }
}

public sealed class PersonalDetailsValidator : AbstractValidator<IPersonalDetails>
{
    public PersonalDetailsValidator()
    {
        RuleFor(person => person.GivenName).Must(HasText).WithMessage("Enter the given name.").MaximumLength(Limits.Name).WithMessage("A given name has at most 100 characters.");
        RuleFor(person => person.FamilyName).Must(HasText).WithMessage("Enter the family name.").MaximumLength(Limits.Name).WithMessage("A family name has at most 100 characters.");
        RuleFor(person => person.BirthDate).NotNull().WithMessage("Enter the date of birth.")
            .Must(date => date is null || date >= PersonalDetails.EarliestBirth).WithMessage("A date of birth lies after 1899. Check the year.");
        RuleFor(person => person.Sex).IsInEnum().WithMessage("Choose one of these.");
        Include(new ContactDataValidator());
        RuleFor(person => person.Language).Must(PersonalDetails.Languages.ContainsKey).WithMessage("Choose one of these languages.");
    }

    private static bool HasText(string? text) => !string.IsNullOrWhiteSpace(text);
}

public sealed class ContactDataValidator : AbstractValidator<IContactData>
{
    public ContactDataValidator()
    {
        RuleFor(person => person.Phone).Must(IsPhone).WithMessage("A phone number has 5 to 15 digits, and may have spaces, brackets, hyphens and a plus in front.");
        RuleFor(person => person.Email).Must(IsAddress).WithMessage("An e-mail address looks like name@post.example.").MaximumLength(Limits.Email).WithMessage("An e-mail address has at most 254 characters.");
    }

    private static bool IsPhone(string? phone) =>
        string.IsNullOrWhiteSpace(phone)
        || (phone.Trim() is { Length: <= Limits.Phone } text && text.Count(char.IsAsciiDigit) is >= 5 and <= 15 && text.LastIndexOf('+') <= 0 && text.All(c => char.IsAsciiDigit(c) || "+ ()-./".Contains(c, StringComparison.Ordinal)));

    private static bool IsAddress(string? email)
    {
        if (string.IsNullOrWhiteSpace(email))
        {
            return true;
        }

        var parts = email.Trim().Split('@');
        return parts is [{ Length: > 0 and <= 64 }, { Length: > 2 } host] && host.Contains('.', StringComparison.Ordinal) && host[0] != '.' && host[^1] != '.'
            && !host.Contains("..", StringComparison.Ordinal) && !email.Trim().Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || "<>()[],;:\\\"".Contains(c, StringComparison.Ordinal));
    }
}

public static class PersonalDetails
{
    public static readonly DateOnly EarliestBirth = new(1900, 1, 1);

    /// <summary>Languages that a patient may read, by BCP 47 tag.</summary>
    public static readonly IReadOnlyDictionary<string, string> Languages = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] = "English",
        ["ru"] = "Russian",
        ["vi"] = "Vietnamese",
        ["de"] = "German",
        ["es"] = "Spanish",
        ["fr"] = "French",
        ["it"] = "Italian",
        ["pl"] = "Polish",
        ["pt"] = "Portuguese",
        ["tr"] = "Turkish",
        ["uk"] = "Ukrainian",
        ["zh"] = "Chinese",
    };

    internal static Failure BornInTheFuture => new Failure.Invalid(nameof(IPersonalDetails.BirthDate), "A date of birth cannot lie in the future.");

    internal static void Write(IPersonalDetails from, Patient patient)
    {
        patient.GivenName = from.GivenName.Trim();
        patient.FamilyName = from.FamilyName.Trim();
        patient.BirthDate = from.BirthDate!.Value;
        patient.Sex = from.Sex;
        patient.Phone = Blank(from.Phone);
        patient.Email = Blank(from.Email);
        patient.Language = from.Language;
        patient.MayBeContacted = from.MayBeContacted;
        patient.SearchText = SearchText.Of(patient);
    }

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
