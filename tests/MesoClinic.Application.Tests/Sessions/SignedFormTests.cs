using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>
/// What was signed must verify for ever. Whoever turns a hash below red has changed a form in which records were signed: the form stays, and a new one stands beside it
/// (docs/how-to/add-a-field-to-the-record.md).
/// </summary>
public sealed class SignedFormTests
{
    [Fact]
    public void A_session_hashes_as_on_the_first_day_of_its_form() =>
        Assert.Equal("d94f6e61b5dc9403b9383cc5d20bae80da2e4ab3137d940ff3f792acf1fb1b76", HashOf(SignedExample.Record()));

    [Fact]
    public void A_consent_hashes_as_on_the_first_day_of_its_form() =>
        Assert.Equal("dcf94539cf1ac9542dbca09552f3a04939895789c070ce6d4b56b00f406ccd6a", ConsentForms.HashOf(SignedExample.Consent(20, ConsentKind.Treatment)));

    [Fact]
    public void An_addendum_hashes_as_on_the_first_day_of_its_form() =>
        Assert.Equal("d4de5ea65bf57df178c36085cfc5542ea9044722db6f54c5a31ab4dfc1de985e", AddendumContent.HashOf(SignedExample.Addendum(), "hash of the record"));

    [Fact]
    public void Every_value_of_a_record_and_of_what_is_stored_beside_it_counts_in_its_hash()
    {
        var signed = HashOf(SignedExample.Record());

        Assert.Equal(NotSigned.Keys.Order(StringComparer.Ordinal), EachField.Unnoticed(SignedExample.Record(), changed => HashOf(changed) != signed));
    }

    [Fact]
    public void Every_value_of_a_consent_and_of_an_addendum_counts_in_its_hash()
    {
        var (consent, addendum) = (SignedExample.Consent(20, ConsentKind.Treatment), SignedExample.Addendum());

        Assert.Equal([nameof(Consent.ContentHash)], EachField.Unnoticed(consent, changed => ConsentForms.HashOf(changed) != ConsentForms.HashOf(consent)));
        Assert.Equal([nameof(Addendum.ContentHash)], EachField.Unnoticed(addendum, changed => AddendumContent.HashOf(changed, "record") != AddendumContent.HashOf(addendum, "record")));
    }

    private static readonly Dictionary<string, string> NotSigned = new(StringComparer.Ordinal)
    {
        ["Session.Appointment"] = "looked up; its id is signed",
        ["Session.Patient"] = "looked up; its id is signed",
        ["Session.Practitioner"] = "looked up; its id is signed",
        ["Session.CreamLot"] = "looked up; its id and the cream's name are signed",
        ["Session.Cocktail.Lot"] = "looked up; its id and its label are signed",
        ["Session.Cocktail.Id"] = "the position says which line it is",
        ["Session.Cocktail.SessionId"] = "it stands in this session",
        ["Session.Cocktail.PatientId"] = "the session's patient; what begun lines keep is guarded by triggers of its own",
        ["Session.Cocktail.BegunUtc"] = "guards the line before the signature; in a signed record each line is begun",
        ["Session.Areas.SessionId"] = "it stands in this session",
        ["Session.Addenda"] = "come after the signature; each is hashed with the hash of the record",
        ["Session.Consent.ContentHash"] = "hashed anew from what the consent says",
        ["Session.AnaestheticConsent.ContentHash"] = "hashed anew from what the consent says",
        ["Session.ContentHash"] = "it is the hash",
        ["Session.Version"] = "counts the changes of the row",
        ["Parts.LaterConsents.ContentHash"] = "hashed anew from what the consent says",
        ["Parts.ReplacedTubes.SessionId"] = "it belongs to this session",
        ["Parts.Photos.PatientId"] = "the session's patient",
        ["Parts.Photos.SessionId"] = "it belongs to this session",
        ["Parts.Photos.Format"] = "the picture's own hash says it",
        ["Parts.Photos.Width"] = "the picture's own hash says it",
        ["Parts.Photos.Height"] = "the picture's own hash says it",
        ["Parts.Photos.Bytes"] = "the picture's own hash says it",
        ["Parts.Photos.File"] = "where the picture lies",
        ["Parts.Photos.Key"] = "how the picture is encrypted",
        ["Parts.Overrides.Override.AppointmentId"] = "the session's appointment",
        ["Parts.Overrides.Override.PatientId"] = "the session's patient",
        ["Parts.Overrides.Override.Binding"] = "says when the decision counts; that it counted is signed",
        ["Parts.Overrides.Override.AssessmentId"] = "what the physician saw; the assessment that it counted in is signed",
        ["Parts.Overrides.Override.WithdrawnById"] = "what comes after the signature leaves the record",
        ["Parts.Overrides.Override.WithdrawnUtc"] = "what comes after the signature leaves the record",
    };

    private static string HashOf(SignedExample.Whole whole) => SessionContent.HashOf(whole.Session, whole.Parts);
}
